import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf, liftsOf } from './lift.ts';
import type { RangeShares } from './lift.ts';

const range = (firstStep: number, amounts: Readonly<Record<string, number>>): RangeShares => {
  const amount = Object.values(amounts).reduce((sum, each) => sum + each, 0);
  const shares = new Map(Object.entries(amounts).map(([group, each]) => [group, each / amount]));
  return { firstStep, lastStep: firstStep + 9, amount, shares };
};

const someRanges = fc.array(
  fc.record({ code: fc.integer({ min: 1, max: 99 }), web: fc.integer({ min: 1, max: 99 }) }),
  { minLength: 4, maxLength: 40 },
);

describe('the lift of a group', () => {
  it('is its share of the spike over that of the batches before, weighed by what they consumed', () => {
    const spike = [range(100, { code: 60, web: 40 }), range(110, { code: 300 })];
    const before = [range(80, { code: 50, web: 50 }), range(90, { code: 10, web: 90 })];
    const lifts = liftsOf(spike, batchesOf(before, 2));
    expect(lifts[0]).toMatchObject({ group: 'code', share: 0.9, usualShare: 0.3, pValue: 0.5 });
    expect(lifts[0]?.lift).toBeCloseTo(3, 12);
  });

  it('has no number where no batch before had any of it, and is the largest then', () => {
    const before = [range(80, { web: 1 }), range(90, { web: 1 })];
    const [first] = liftsOf([range(100, { rare: 1, web: 99 })], batchesOf(before, 1));
    expect(first).toMatchObject({ group: 'rare', usualShare: 0, lift: null, pValue: 1 / 3 });
  });

  it('is not known without batches to compare with', () => {
    expect(liftsOf([range(100, { code: 1 })], [])).toEqual([]);
    expect(liftsOf([], [[range(90, { code: 1 })]])).toEqual([]);
  });

  it('law: does not depend on the order of batches, and its p value is at least one over their number', () => {
    fc.assert(
      fc.property(someRanges, (amounts) => {
        const [spike, ...before] = amounts.map((each, index) => range(10 * index, each));
        const own = spike ? [spike] : [];
        const lifts = liftsOf(own, batchesOf(before, 1));
        expect(liftsOf(own, batchesOf(before.toReversed(), 1))).toEqual(lifts);
        for (const { pValue } of lifts) {
          expect(pValue).toBeGreaterThanOrEqual(1 / (1 + before.length));
          expect(pValue).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

it('law: batches are disjoint, all of one size, and leave out less than one', () => {
  fc.assert(
    fc.property(someRanges, fc.integer({ min: 1, max: 5 }), (amounts, size) => {
      const ranges = amounts.map((each, index) => range(10 * index, each));
      const batches = batchesOf(ranges, size);
      expect(batches.every((batch) => batch.length === size)).toBe(true);
      const used = batches.flat().map(({ firstStep }) => firstStep);
      expect(new Set(used).size).toBe(used.length);
      expect(ranges.length - used.length).toBeLessThan(size);
    }),
  );
});

it('law: of batches in random order, p values at or below 10 % come in at most 10 %', () => {
  const draws = fc.sample(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 20, maxLength: 20 }), {
    seed: 20_261_205,
    numRuns: 4_000,
  });
  const small = draws.filter((shares) => {
    const [spike, ...before] = shares.map((code, index) => range(10 * index, { code, web: 1001 - code }));
    const lifts = liftsOf(spike ? [spike] : [], batchesOf(before, 1));
    return (lifts.find(({ group }) => group === 'code')?.pValue ?? 1) <= 0.1;
  });
  expect(small.length / draws.length).toBeLessThan(0.115);
  expect(small.length / draws.length).toBeGreaterThan(0.08);
});
