import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { decisionAccuracy } from './decision-accuracy.ts';
import type { ScaledRecipe } from './decision-accuracy.ts';

const recipe = (index: number, small: readonly number[], target: readonly number[]): ScaledRecipe => ({
  recipe: `recipe-${String(index).padStart(2, '0')}`,
  small,
  target,
  repeated: target,
});

describe('how often a small scale decides as the target does', () => {
  it('counts pairs of means, a tie as one half', () => {
    const found = decisionAccuracy([
      recipe(0, [1], [1]),
      recipe(1, [2], [3]),
      recipe(2, [3], [2]),
      recipe(3, [3], [4]),
    ]);
    /* Of six pairs one is turned round (1 and 2), and one is tied at the small scale (2 and 3). */
    expect(found).toMatchObject({ accuracy: 4.5 / 6, pairs: 6, ties: 1 });
    expect(found).toMatchObject({ picked: 'recipe-02', best: 'recipe-03', regret: 2 });
    expect([found.singleRun, found.repeatability]).toEqual([undefined, undefined]);
  });

  it('takes single runs one at a time, and the other runs of the target as its repetition', () => {
    const found = decisionAccuracy([
      recipe(0, [0, 2], [0, 1]),
      recipe(1, [1, 3], [2, 3]),
      recipe(2, [9, 9], [9, 9]),
    ]);
    expect(found.accuracy).toBe(1);
    /* Of four choices of a run of the first two, one is turned round: 2 against 1. */
    expect(found.singleRun).toBeCloseTo((0.75 + 1 + 1) / 3, 12);
    expect(found.repeatability).toEqual({ share: 1, pairs: 3 });
  });

  const scored = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: -5, max: 5 })), {
    minLength: 3,
    maxLength: 9,
  });

  it('turns into its complement where one scale is turned round, and depends on no order, unit or name', () => {
    fc.assert(
      fc.property(
        scored.chain((rows) =>
          fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
        ),
        ([rows, shuffled]) => {
          const of = (values: typeof rows, small = (value: number) => value) =>
            decisionAccuracy(values.map(([one, other], index) => recipe(index, [small(one)], [other])));
          const { accuracy, interval, pairs } = of(rows);
          expect(of(shuffled).accuracy).toBeCloseTo(accuracy, 12);
          expect(of(shuffled).interval.low).toBeCloseTo(interval.low, 9);
          expect(of(rows, (value) => -value).accuracy).toBeCloseTo(1 - accuracy, 12);
          expect(of(rows, (value) => Math.exp(value / 3)).accuracy).toBeCloseTo(accuracy, 12);
          expect(pairs).toBe((rows.length * (rows.length - 1)) / 2);
          expect(interval.low).toBeLessThan(accuracy + 1e-12);
          expect(interval.high).toBeGreaterThan(accuracy - 1e-12);
        },
      ),
    );
  });

  it('is certain of nothing where all pairs of few recipes agree', () => {
    const found = decisionAccuracy([0, 1, 2, 3].map((value) => recipe(value, [value], [value])));
    expect(found.accuracy).toBe(1);
    expect(found.interval.low).toBeLessThan(0.4);
    expect(found.interval.high).toBe(1);
  });

  it.each([
    [5, 0.5],
    [8, 0.9],
    [25, 0],
    [25, 0.8],
    [25, 0.98],
    [60, 0.8],
  ])(
    'covers the accuracy of the population with %i recipes at a correlation of %f',
    (recipes, correlation) => {
      const truth = 0.5 + Math.asin(correlation) / Math.PI;
      const generator = random(recipes + correlation * 1000);
      const noise = Math.sqrt(1 - correlation ** 2);
      const repetitions = 600;
      let covered = 0;
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const drawn = Array.from({ length: recipes }, (_, index) => {
          const small = generator.normal();
          return recipe(index, [small], [correlation * small + noise * generator.normal()]);
        });
        const { interval } = decisionAccuracy(drawn);
        if (interval.low <= truth && truth <= interval.high) covered += 1;
      }
      expect(covered / repetitions).toBeGreaterThan(0.93);
    },
  );

  it('refuses a score that is not a number', () => {
    expect(() => decisionAccuracy([recipe(0, [NaN], [1]), recipe(1, [1], [1]), recipe(2, [2], [2])])).toThrow(
      expect.objectContaining({ code: 'not_finite' }),
    );
  });
});
