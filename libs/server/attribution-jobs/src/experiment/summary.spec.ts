import type { Experiment, Run } from '@tributary/attribution';
import { describe, expect, it } from 'vitest';
import { questionsOf, summaryOf } from './summary.ts';

const run = (runId: string, shares: Record<string, number>, capabilities: readonly string[]): Run => ({
  runId,
  arm: 'a',
  mixtureId: 'm',
  seed: undefined,
  status: 'completed',
  shares,
  total: 1,
  unit: 'token',
  method: 'measured',
  scores: Object.fromEntries(
    capabilities.map((capability) => [
      capability,
      { value: 1, unit: 'fraction', higherIsBetter: true, comparability: 'x', benchmarks: {} },
    ]),
  ),
  evidence: [],
});

const experiment: Experiment = {
  name: 'lab',
  arms: [],
  runs: [
    run('1', { 'web/clean': 0.5, 'web/raw': 0.2, code: 0.3 }, ['math']),
    run('2', { code: 0.9, math: 0.1 }, ['math', 'code']),
  ],
};

it('summarises what all runs of an experiment consumed and were scored on', () => {
  expect(summaryOf(experiment)).toEqual({
    id: 'lab',
    origin: 'assigned',
    arms: [],
    capabilities: ['code', 'math'],
    slices: ['code', 'math', 'web/clean', 'web/raw'],
    runs: 2,
  });
});

describe('the questions of a request', () => {
  it('are all capabilities with all domains where none is named', () => {
    const questions = questionsOf(experiment, {});
    expect(questions.map(({ capability, slice }) => `${capability} ${slice}`)).toEqual([
      'code code',
      'code math',
      'code web',
      'math code',
      'math math',
      'math web',
    ]);
    expect(questions.every(({ displacement }) => displacement === undefined)).toBe(true);
  });

  it('are those that are named, known or not: estimators refuse what is unknown', () => {
    const asked = { capabilities: ['chess'], slices: ['web/raw', 'code'], displacement: 'proportional' };
    expect(questionsOf(experiment, asked)).toEqual([
      { capability: 'chess', slice: 'web/raw', displacement: 'proportional', negativeControlOutcomes: [] },
      { capability: 'chess', slice: 'code', displacement: 'proportional', negativeControlOutcomes: [] },
    ]);
  });

  it('take null for absent', () => {
    expect(questionsOf(experiment, { capabilities: null, slices: ['code'], displacement: null })).toEqual([
      { capability: 'code', slice: 'code', displacement: undefined, negativeControlOutcomes: [] },
      { capability: 'math', slice: 'code', displacement: undefined, negativeControlOutcomes: [] },
    ]);
  });
});
