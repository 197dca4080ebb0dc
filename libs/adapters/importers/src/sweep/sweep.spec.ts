import { checkFact } from '@tributary/contracts';
import { describe, expect, it } from 'vitest';
import { folderOf, recognise, sweep } from '../index.ts';
import type { ImportRequest } from '../index.ts';

const read = (files: Record<string, string>, request: ImportRequest = {}) =>
  sweep.read(folderOf('tiny', files), request);
type Read = Awaited<ReturnType<typeof read>>;
const dataOf = (imported: Read, type: string): object[] =>
  imported.events.filter((event) => event.type === type).map(({ data }) => data);

const mix = 'id,web,code\na,0.5,0.5\nb,0.2,0.8\n';
const loss = 'id,wiki_loss\na,2.5\nb,3\n';

it('turns a pair of tables into facts that match their schemas, in a replayable order', async () => {
  const imported = await read({ 'mix.csv': mix, 'loss.csv': loss });
  expect(imported.events.map(({ type }) => type)).toEqual([
    'corpus.taxonomy.versioned',
    'mixture.plan.decided',
    'mixture.plan.decided',
    'mixture.experiment.assigned',
    ...['a', 'b'].flatMap(() => [
      'training.run.started',
      'training.exposure.recorded',
      'evaluation.score.recorded',
      'training.run.ended',
    ]),
  ]);
  for (const { type, data } of imported.events) expect(checkFact(type, data)).toBeUndefined();
});

it('records the column of a slice', async () => {
  const imported = await read({ 'mix.csv': 'id,w_web,w_code\na,0.5,0.5\n', 'loss.csv': loss });
  expect(dataOf(imported, 'corpus.taxonomy.versioned')).toMatchObject([
    { slices: [{ slice: 'web', definition: 'column w_web of mix.csv' }, { slice: 'code' }] },
  ]);
});

it.each(['60m/mix', 'dev/mix', '60m/dev', 'a/b/c'])(
  'is one in %s, imported from there or from above, with the same role and size',
  async (folder) => {
    const of = async (root: string, prefix: string) => {
      const files = { [`${prefix}mix.csv`]: mix, [`${prefix}loss.csv`]: loss };
      const { sources } = await recognise([sweep], folderOf(root, files));
      return Promise.all(sources.map((source) => source.importer.read(source.folder, {})));
    };
    const outer = folder.slice(0, folder.indexOf('/'));
    const inner = folder.slice(folder.lastIndexOf('/') + 1);
    const events = (await of(inner, '')).map((part) => part.events);
    expect(events).toHaveLength(1);
    expect((await of('all', `${folder}/`)).map((part) => part.events)).toEqual(events);
    expect((await of(outer, folder.slice(outer.length + 1) + '/')).map((part) => part.events)).toEqual(
      events,
    );
    expect(events[0]?.find(({ type }) => type === 'mixture.experiment.assigned')?.data).toMatchObject({
      arms: [{ role: 'train' }, { role: 'train' }],
    });
  },
);

it('keeps two mixture tables of one name in two folders apart', async () => {
  const other = 'id,web,code\na,0.4,0.6\nb,0.1,0.9\n';
  const imported = await read({ 'a/mix.csv': mix, 'b/mix.csv': other, 'out/loss.csv': loss });
  const mixtures = dataOf(imported, 'mixture.plan.decided').map(
    (data) => Object(data)['mixtureId'] as string,
  );
  expect(new Set(mixtures).size).toBe(4);
});

it('yields equal events again, and other ids for another experiment or other bytes', async () => {
  const files = { 'mix.csv': mix, 'loss.csv': loss };
  const first = await read(files);
  expect(JSON.stringify(await read(files))).toBe(JSON.stringify(first));
  const ids = new Set(first.events.map(({ id }) => id));
  expect(ids.size).toBe(first.events.length);
  const others = [
    await read(files, { name: 'other' }),
    await read({ 'mix.csv': `${mix}\n`, 'loss.csv': `${loss}\n` }),
  ];
  for (const { events } of others) expect(events.filter(({ id }) => ids.has(id))).toEqual([]);
  expect(first.events[0]?.id).toMatch(
    /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
});

it('gives each assignment another id, so that it can be declared later', async () => {
  const files = { 'mix.csv': mix, 'loss.csv': loss };
  const before = await read(files);
  const randomisation = { method: 'Dirichlet', seed: '42' };
  const after = await read(files, { assignment: 'randomised', randomisation });
  const ids = new Set(before.events.map(({ id }) => id));
  const fresh = after.events.filter(({ id }) => !ids.has(id));
  expect(fresh).toMatchObject([
    { type: 'mixture.experiment.assigned', data: { assignment: 'randomised', randomisation } },
  ]);
  expect(before.warnings.map(({ code }) => code)).toContain('assignment_unknown');
  expect(after.warnings.map(({ code }) => code)).not.toContain('assignment_unknown');
});

it('makes one experiment of the train and test tables of a scale', async () => {
  const imported = await read({
    'train_mix_1m.csv': mix,
    'train_loss_1m.csv': loss,
    'test_mix_1m.csv': mix,
    'test_loss_1m.csv': loss,
    'test_mix_60m.csv': mix,
  });
  expect(imported.plan.experiments).toMatchObject([
    { experiment: 'tiny-1m', runs: 4, arms: { train: 2, held_out: 2 } },
    { experiment: 'tiny-60m', runs: 0, mixtures: 2 },
  ]);
  expect(imported.warnings).toContainEqual(
    expect.objectContaining({ code: 'mixtures_without_outcomes', count: 2 }),
  );
  expect(imported.unresolved).toMatchObject([{ source: 'test_mix_60m.csv' }]);
  expect(dataOf(imported, 'training.run.started')[0]).toMatchObject({
    runId: 'tiny-1m/test-a',
    arm: 'test-a',
    model: { name: '1m', parameters: 1_000_000 },
  });
});

it('does not append a scale that the name already ends with', async () => {
  const imported = await read({ 'mix_1m.csv': mix, 'loss_1m.csv': loss }, { name: 'proxies-1m' });
  expect(imported.plan.experiments).toMatchObject([{ experiment: 'proxies-1m' }]);
});

describe('with columns for arm, seed and tokens', () => {
  const runs = [
    'run_id,design,arm,seed,web,code,hard_fraction_within_code,total_tokens,lr',
    'f-s0,ablation,full,0,0.6,0.4,0.25,1000,0.1',
    'f-s1,ablation,full,1,0.6,0.4,0.25,1000,0.1',
    'n-s0,ablation,no_code,0,1,0,0.25,1000,0.1',
    'w-0-s0,swarm,random,0,0.3,0.7,0,1000,0.1',
    'w-0-s1,swarm,random,1,0.3,0.7,0,1000,0.1',
    'w-1-s0,swarm,random,0,0.9,0.1,1,1000,0.1',
    'o-0,observational,old,0,0.9,0.1,1,1000,0.1',
  ];
  const keys = runs.slice(1).map((row) => row.split(',')[0] ?? '');
  const scores = ['run_id,capability,score,n_items', ...keys.map((key) => `${key},mbpp,0.5,100`)];
  const files = { 'runs.csv': runs.join('\n'), 'outcomes.csv': scores.join('\n') };

  it('distinguishes arms, control and designs', async () => {
    const imported = await read(files, {
      assignment: 'randomised',
      randomisation: { method: 'm', seed: '1' },
    });
    expect(dataOf(imported, 'mixture.experiment.assigned')).toEqual([
      expect.objectContaining({ design: 'controlled_ablation', control: 'full', assignment: 'randomised' }),
      expect.objectContaining({
        design: 'swarm',
        arms: [
          { arm: 'random/w-0', mixtureId: 'tiny/random/w-0', role: 'train' },
          { arm: 'random/w-1-s0', mixtureId: 'tiny/random/w-1-s0', role: 'train' },
        ],
      }),
      expect.objectContaining({ design: 'observational', assignment: 'unknown' }),
    ]);
  });

  it('reads tokens, seed and configuration, and splits a domain into buckets', async () => {
    const imported = await read(files);
    expect(dataOf(imported, 'training.exposure.recorded')[0]).toMatchObject({
      unit: 'token',
      method: 'declared',
      amounts: [
        { slice: 'web', amount: 600 },
        { slice: 'code/hard', amount: 100 },
        { slice: 'code/plain', amount: 300 },
      ],
    });
    expect(dataOf(imported, 'training.run.started')[1]).toMatchObject({
      seeds: { init: 1, dataOrder: 1 },
      tokenBudget: 1000,
      config: { lr: 0.1 },
    });
    expect(dataOf(imported, 'evaluation.score.recorded')[0]).toMatchObject({
      capability: 'mbpp',
      items: 100,
    });
  });
});

describe('with partly invalid input', () => {
  const good = 'good,0.5,0.5';
  const shares = (...rows: string[]) =>
    `id,web,code\n${[good, 'g2,0.4,0.6', 'g3,0.3,0.7', ...rows].join('\n')}\n`;
  const outcomes = 'id,loss\ngood,1\ng2,1\ng3,1\nx,1\n';

  it.each([
    ['a negative share', 'x,-0.1,1.1', 'web', 'negative'],
    ['text', 'x,lots,0.5', 'web', '"lots" is not a number'],
    ['NaN', 'x,NaN,0.5', 'web', 'NaN is not a finite number'],
    ['an empty cell', 'x,,0.5', 'web', 'the cell is empty'],
    ['shares far from one', 'x,0.5,0.52', '', 'sum to 1.02'],
    ['a missing cell', 'x,0.5', '', 'the row has 2 cells, the header has 3'],
    ['an empty key', ',0.5,0.5', 'id', 'the key is empty'],
    ['a repeated key', 'good,0.1,0.9', 'id', 'used in line 2'],
  ])(
    'rejects a row with %s by line and column, and imports the others',
    async (_name, row, pointer, reason) => {
      const imported = await read({ 'mix.csv': shares(row), 'loss.csv': outcomes });
      expect(imported.rejected).toEqual([
        { source: 'mix.csv:5', pointer, reason: expect.stringContaining(reason) },
      ]);
      expect(imported.plan.byType['training.run.started']).toBe(3);
      expect(imported.unresolved).toMatchObject([{ source: 'loss.csv:5', pointer: 'x' }]);
    },
  );

  it('imports rounded shares unchanged, and normalises the exposure', async () => {
    const imported = await read({ 'mix.csv': shares('x,0.503,0.5'), 'loss.csv': outcomes });
    expect(imported.warnings).toContainEqual({
      code: 'shares_renormalised',
      count: 1,
      example: 'mix.csv:5 sums to 1.003',
    });
    expect(dataOf(imported, 'mixture.plan.decided').at(-1)).toMatchObject({
      phases: [
        {
          weights: [
            { slice: 'web', weight: 0.503 },
            { slice: 'code', weight: 0.5 },
          ],
        },
      ],
    });
    expect(dataOf(imported, 'training.exposure.recorded').at(-1)).toMatchObject({
      unit: 'share',
      amounts: [{ amount: expect.closeTo(0.503 / 1.003, 12) }, { amount: expect.closeTo(0.5 / 1.003, 12) }],
    });
  });

  it('imports a run without an outcome, and leaves an outcome without a mixture unresolved', async () => {
    const imported = await read({ 'mix.csv': shares(), 'loss.csv': 'id,loss\ngood,1\nlost,1\n' });
    expect(imported.plan.byType).toMatchObject({ 'training.run.started': 3, 'evaluation.score.recorded': 1 });
    expect(imported.warnings).toContainEqual({
      code: 'run_without_outcome',
      count: 2,
      example: 'mix.csv:3 (g2)',
      others: ['mix.csv:4 (g3)'],
    });
    expect(imported.warnings).toContainEqual({
      code: 'outcome_without_mixture',
      count: 1,
      example: 'loss.csv:3 (lost)',
    });
    expect(imported.unresolved).toMatchObject([{ source: 'loss.csv:3', pointer: 'lost' }]);
  });

  it('rejects only the outcome that is not a number', async () => {
    const imported = await read({
      'mix.csv': shares(),
      'loss.csv': 'id,a_loss,b_loss\ngood,nan,2\ng2,1,2\ng3,1,2\ng3,1,2\n',
    });
    expect(imported.rejected).toEqual([
      { source: 'loss.csv:2', pointer: 'a_loss', reason: 'nan is not a finite number' },
      { source: 'loss.csv:5', pointer: 'id', reason: 'the row repeats the outcome of g3 in line 4' },
    ]);
    expect(imported.plan.byType['evaluation.score.recorded']).toBe(5);
  });

  it('warns if it assumes which direction is better', async () => {
    const imported = await read({ 'mix.csv': shares(), 'vibes.csv': 'id,vibe\ngood,1\ng2,2\ng3,2\n' });
    expect(imported.warnings).toContainEqual(
      expect.objectContaining({ code: 'direction_assumed', count: 3 }),
    );
    expect(dataOf(imported, 'evaluation.score.recorded')[0]).toMatchObject({
      capability: 'vibe',
      higherIsBetter: true,
    });
  });
});
