import { describe, expect, it } from 'vitest';
import { codesOf, factsOf, importOf } from '../import.fixture.ts';
import { mixingLaws } from './mixing-laws.ts';
import { runPathIn } from './checkpoint-losses.ts';

const row = (run: string, loss: number | string, step: number | string = 27000, set = 'Github') =>
  `/c/RedPajama//${run}/${step}\t/d/pile.valid.domains//pile.valid.${set}.bin\t${loss}\n`;

describe('the path of a checkpoint', () => {
  it('has weights by position, including exact ones and zeros, and a step', () => {
    expect(runPathIn('/c//70M_3-0.125-0-0.0-0.875/13000')).toEqual({
      group: 'c',
      run: '70M_3-0.125-0-0.0-0.875',
      step: 13000,
      weights: [0.125, 0, 0, 0.875],
      scale: '70M',
    });
    expect(runPathIn('/models/pythia_70m_step20000')).toMatchObject({ weights: [], step: undefined });
  });
});

describe('losses of proxy runs', () => {
  it('are arms of an experiment with a mixture, a checkpoint for each step and a score for each validation file', async () => {
    const text =
      row('160M_RP_0-0.25-0.75', 2.1) +
      row('160M_RP_0-0.25-0.75', 3.9, 27000, 'Pile-CC') +
      row('160M_RP_1-0.5-0.5', 2.2);
    const imported = await importOf(mixingLaws, { '160M.txt': text });
    expect(imported.plan.byType).toEqual({
      'mixture.plan.decided': 2,
      'training.run.started': 2,
      'mixture.experiment.assigned': 1,
      'training.checkpoint.saved': 2,
      'evaluation.score.recorded': 3,
    });
    const [run] = factsOf(imported, 'training.run.started');
    expect(run).toMatchObject({
      runId: 'RedPajama/160M/160M_RP_0-0.25-0.75',
      model: { name: '160M', parameters: 160e6 },
    });
    const [assigned] = factsOf(imported, 'mixture.experiment.assigned');
    expect(assigned).toMatchObject({ assignment: 'unknown', arms: [{}, { mixtureId: expect.any(String) }] });
    const [score] = factsOf(imported, 'evaluation.score.recorded');
    expect(score).toMatchObject({
      step: 27000,
      capability: 'Github',
      metric: 'loss',
      value: 2.1,
      higherIsBetter: false,
    });
    expect(codesOf(imported)).toEqual(['sources_unnamed']);
  });

  it('have a warning if the weights in a truncated name do not sum to one', async () => {
    const imported = await importOf(mixingLaws, { '70M.txt': row('70M_RP_14-0.5-0.484375-0.01562', 2) });
    expect(factsOf(imported, 'mixture.plan.decided')).toMatchObject([{ unit: 'unnormalised' }]);
    expect(imported.warnings[0]).toMatchObject({
      code: 'weights_lossy',
      example: expect.stringContaining('0.999995'),
    });
  });

  it('of a model without weights are unresolved, and broken or contradicting lines are rejected', async () => {
    const base = '/models/pythia_70m_step20000\t/d/starcoder.python.valid.bin\t1.8\n';
    const good = row('70M_ct_1-0.25-0.75', 2);
    const text = `\uFEFF${base}${good}${good}${row('70M_ct_1-0.25-0.75', 3)}${row('70M_ct_1-0.25-0.75', 'nan', 9)}x\ty\n`;
    const imported = await importOf(mixingLaws, { '70M.txt': text.replaceAll('\n', '\r\n') });
    expect(factsOf(imported, 'evaluation.score.recorded').map(({ value }) => value)).toEqual([1.8, 2]);
    expect(imported.unresolved).toHaveLength(1);
    expect(imported.rejected.map(({ source }) => source)).toEqual(['70M.txt:5', '70M.txt:6', '70M.txt:4']);
    expect(codesOf(imported)).toContain('row_repeated');
  });

  it('are not recognised in other tables', async () => {
    expect(
      (await importOf(mixingLaws, { 'a.tsv': '/a/b\t/c/d\t1\n', 'b.txt': '1-2-3\tx\t4\n' })).events,
    ).toEqual([]);
  });
});
