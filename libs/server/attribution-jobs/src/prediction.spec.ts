import type { PredictedOutcome } from '@tributary/attribution';
import { expect, it } from 'vitest';
import { predictionOf } from './prediction.ts';

const TARGETS = [{ mixture: 'even' }, { mixture: 'pure' }];

/** An outcome with a mean for each target; without means no surface could be fitted. */
const outcome = (capability: string, means: readonly number[], distance = 0): PredictedOutcome => ({
  capability,
  unit: 'bits',
  level: 0.95,
  estimator: means.length > 0 ? { id: `surface.${capability}`, version: '2' } : null,
  chosenBy: means.length > 0 ? 'cross_validation' : null,
  n: { runs: 12, mixtures: 6 },
  rows: means.map((mean, index) => ({
    mixture: TARGETS[index]?.mixture ?? '',
    mean,
    low: mean - 1,
    high: mean + 1,
    hullDistance: index * distance,
    outsideHull: index * distance > 0.01,
  })),
  randomSeed: 1,
});

it('has a row for each mixture, with a column for each outcome', () => {
  const { outcomes, rows } = predictionOf([outcome('code', [1, 2]), outcome('math', [3, 4])], TARGETS);
  expect(outcomes).toEqual(['code', 'math']);
  expect(rows).toMatchObject([
    { key: 'even', mean: [1, 3], low: [0, 2], high: [2, 4] },
    { key: 'pure', mean: [2, 4], low: [1, 3], high: [3, 5] },
  ]);
});

it('names the surface of each outcome', () => {
  expect(predictionOf([outcome('code', [1, 2])], TARGETS).surfaces).toEqual([
    {
      outcome: 'code',
      unit: 'bits',
      id: 'surface.code',
      version: '2',
      chosenBy: 'cross_validation',
      runs: 12,
    },
  ]);
});

it('leaves out an outcome without a surface, and warns of it', () => {
  const { outcomes, surfaces, rows, warnings } = predictionOf(
    [outcome('chess', []), outcome('code', [1, 2])],
    TARGETS,
  );
  expect(outcomes).toEqual(['code']);
  expect(surfaces).toHaveLength(1);
  expect(rows.map(({ mean }) => mean)).toEqual([[1], [2]]);
  expect(warnings).toEqual([
    { code: 'no_surface', text: 'Too few training runs to fit a surface for chess.' },
  ]);
});

it('has empty columns and no distance where no outcome has a surface', () => {
  const { outcomes, rows } = predictionOf([outcome('chess', [])], TARGETS);
  const empty = { mean: [], low: [], high: [], extrapolates: false, hullDistance: 0 };
  expect(outcomes).toEqual([]);
  expect(rows).toEqual([
    { key: 'even', ...empty },
    { key: 'pure', ...empty },
  ]);
});

it('has the largest distance of a mixture over all outcomes, and extrapolates where one does', () => {
  const { rows } = predictionOf([outcome('code', [1, 2], 0.005), outcome('math', [3, 4], 0.25)], TARGETS);
  expect(rows.map(({ extrapolates, hullDistance }) => [extrapolates, hullDistance])).toEqual([
    [false, 0],
    [true, 0.25],
  ]);
});

it('has no rows for a question without mixtures', () => {
  expect(predictionOf([outcome('code', [])], [])).toMatchObject({
    outcomes: ['code'],
    rows: [],
    warnings: [],
  });
});
