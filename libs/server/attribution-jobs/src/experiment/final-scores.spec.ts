import { describe, expect, it } from 'vitest';
import { finalScores } from './final-scores.ts';
import type { ScoreRow } from './measurement-protocol.ts';

let evidence = 0;

function row(run_id: string, value: number, more: Partial<ScoreRow> = {}): ScoreRow {
  evidence += 1;
  return {
    page_key: '',
    run_id,
    capability: 'knowledge',
    benchmark: 'mmlu',
    metric: 'acc',
    checkpoint_id: '',
    step: 100,
    split: '',
    metric_version: '',
    shots: 5,
    filter: '',
    task_version: '',
    task_hash: '',
    prompt_digest: '',
    item_limit: null,
    precision: '',
    model_ref: '',
    evaluated_at: '',
    tokens: null,
    random_baseline: null,
    value,
    stderr: null,
    items: null,
    unit: 'fraction',
    higher_is_better: true,
    harness: 'lm-eval',
    method: 'measured',
    evidence,
    ...more,
  };
}

const valuesOf = (rows: readonly ScoreRow[]) =>
  Object.fromEntries(
    [...finalScores(rows, []).byRun].map(([run, { scores }]) => [run, scores['knowledge']?.value]),
  );

describe('the final scores of an experiment', () => {
  it('are those of the last step, with several benchmarks averaged', () => {
    const rows = [row('a', 0.1, { step: 50 }), row('a', 0.4), row('a', 0.6, { benchmark: 'arc' })];
    const { byRun, warnings } = finalScores(rows, []);
    expect(byRun.get('a')?.scores['knowledge']).toMatchObject({
      value: 0.5,
      benchmarks: { mmlu: 0.4, arc: 0.6 },
    });
    expect(warnings).toEqual({
      knowledge: [{ code: 'benchmarks_combined', text: expect.stringContaining('with equal weights') }],
    });
  });

  it('carry the step and the tokens of their evaluation', () => {
    const { byRun } = finalScores([row('a', 0.4, { tokens: 5000 }), row('b', 0.4, { step: null })], []);
    expect(byRun.get('a')?.scores['knowledge']).toMatchObject({ step: 100, tokens: 5000 });
    expect(byRun.get('b')?.scores['knowledge']).toMatchObject({ step: undefined, tokens: undefined });
  });

  it.each([
    ['shots', { shots: 0 }],
    ['filter', { filter: 'strict' }],
    ['metric', { metric: 'exact_match' }],
    ['metric version', { metric_version: '2' }],
    ['task version', { task_version: '3' }],
    ['harness', { harness: 'olmes' }],
    ['split', { split: 'validation' }],
    ['prompt', { prompt_digest: 'sha256:00' }],
    ['limit', { item_limit: 10 }],
    ['unit', { unit: 'percent' }],
    ['direction', { higher_is_better: false }],
    ['task hash', { task_hash: 'ff' }],
    ['number format', { precision: 'float32' }],
    ['method', { method: 'reported' }],
  ])('use one %s of a benchmark, the one of most runs, and never average over two', (_what, other) => {
    const rows = [row('a', 0.4), row('a', 0.8, other), row('b', 0.5), row('c', 0.9, other), row('d', 0.6)];
    expect(valuesOf(rows)).toEqual({ a: 0.4, b: 0.5, d: 0.6 });
    expect(finalScores(rows, []).warnings).toEqual({
      knowledge: [
        {
          code: 'several_ways_of_measuring',
          text: 'mmlu was measured in 2 ways, which are not averaged: used is acc lm-eval 5-shot (fraction, higher is better), which 3 of 4 runs have; the others are left out.',
        },
      ],
    });
  });

  it('use the first protocol by name where as many runs have another, in any order of the rows', () => {
    const rows = [row('a', 0.4), row('a', 0.8, { shots: 0 })];
    expect([valuesOf(rows), valuesOf(rows.toReversed())]).toEqual([{ a: 0.8 }, { a: 0.8 }]);
  });

  it('ignore scores on a part of the items, even where most runs have no others', () => {
    const part = { item_limit: 100 };
    const rows = [row('a', 0.4, part), row('b', 0.5, part), row('c', 0.6), row('c', 0.7, part)];
    expect(valuesOf(rows)).toEqual({ c: 0.6 });
    expect(valuesOf(rows.slice(0, 2))).toEqual({ a: 0.4, b: 0.5 });
  });

  it('name the evidence of the scores and items that are used, and no items of another protocol', () => {
    const used = row('a', 0.4, { shots: 0 });
    const items = [
      {
        ...used,
        harness_name: used.harness,
        item_ids: ['1'],
        item_values: [1],
        checkpoint_id: '',
        last_step: 100,
        evidence: 9,
      },
    ];
    const alone = finalScores([used], items).byRun.get('a');
    expect(alone?.scores['knowledge']?.items).toEqual({ ids: ['1'], values: [1] });
    expect(alone?.evidence).toEqual([used.evidence, 9]);
    for (const other of [{ benchmark: 'arc' }, { metric: 'norm' }, { shots: 5 }, { harness_name: 'other' }]) {
      const { byRun } = finalScores([used], [{ ...items[0]!, ...other }]);
      expect(byRun.get('a')?.scores['knowledge']?.items).toBeUndefined();
    }
    const { byRun } = finalScores([used, row('a', 0.8)], items);
    expect(byRun.get('a')?.evidence).toEqual([used.evidence]);
    expect(byRun.get('a')?.scores['knowledge']?.items).toBeUndefined();
  });
});

describe('a capability of several benchmarks', () => {
  const bits = { benchmark: 'text', metric: 'bits', unit: 'bits_per_byte', higher_is_better: false };
  const scoreOf = (rows: readonly ScoreRow[]) => finalScores(rows, []).byRun.get('a')?.scores['knowledge'];

  it('is the part of the way from guessing to a perfect score, where every baseline is recorded', () => {
    const rows = [
      row('a', 0.4, { random_baseline: 0.25 }),
      row('a', 2, { ...bits, random_baseline: 8 }),
      row('a', 60, { benchmark: 'arc', unit: 'percent', random_baseline: 20 }),
    ];
    expect(scoreOf(rows)).toMatchObject({
      value: expect.closeTo((0.2 + 0.75 + 0.5) / 3, 12),
      unit: 'standardised',
      higherIsBetter: true,
      benchmarks: { mmlu: expect.closeTo(0.2, 12), text: 0.75, arc: 0.5 },
    });
  });

  it.each([
    ['units', { unit: 'bits_per_byte' }],
    ['directions', { higher_is_better: false }],
  ])('is never a mean of several %s without baselines', (_what, other) => {
    const rows = [row('a', 0.4, { random_baseline: 0.25 }), row('a', 0.9, { benchmark: 'arc', ...other })];
    expect(scoreOf(rows)).toMatchObject({ unlike: expect.stringContaining('These have no common mean.') });
  });

  it('is not standardised by a baseline that differs between runs', () => {
    const rows = ['a', 'b'].flatMap((run, index) => [
      row(run, 0.4, { random_baseline: 0.25 + index / 10 }),
      row(run, 2, { ...bits, random_baseline: 8 }),
    ]);
    expect(scoreOf(rows)?.unlike).toContain('knowledge has the benchmarks mmlu, text');
  });
});

describe('a benchmark at its limits', () => {
  const codesOf = (rows: readonly ScoreRow[]) =>
    (finalScores(rows, []).warnings['knowledge'] ?? []).map(({ code }) => code);

  it('is named where most runs score like guessing', () => {
    const guess = { random_baseline: 0.25, stderr: 0.01 };
    const rows = [row('a', 0.26, guess), row('b', 0.24, guess), row('c', 0.3, guess)];
    expect(codesOf(rows)).toEqual(['at_chance_level']);
    expect(codesOf(rows.slice(1))).toEqual([]);
    expect(codesOf(rows.map((one) => ({ ...one, stderr: null })))).toEqual([]);
  });

  it('is named where most runs are all but perfect, which a loss cannot be', () => {
    const rows = [row('a', 0.99), row('b', 0.985), row('c', 0.9)];
    expect(codesOf(rows)).toEqual(['saturated']);
    expect(codesOf(rows.map((one) => ({ ...one, unit: 'nats' })))).toEqual([]);
    expect(codesOf(rows.map((one) => ({ ...one, higher_is_better: false })))).toEqual([]);
  });
});
