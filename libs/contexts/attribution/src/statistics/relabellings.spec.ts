import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { random } from '../numerics/random.ts';
import { signFlips, splits } from './relabellings.ts';

describe('relabellings', () => {
  it.each([
    [3, 3, 10],
    [2, 2, 3],
    [4, 4, 35],
    [2, 3, 10],
    [1, 4, 5],
  ])('of %i against %i values are %i distinct splits', (more, less, count) => {
    const { all, isExact } = splits(more, less, random(1));
    expect(isExact).toBe(true);
    expect(all).toHaveLength(count);
  });

  it('are each a split of all values, distinct up to the exchange of equal groups, the actual one first', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }), (more, less) => {
        const { all } = splits(more, less, random(1));
        const keys = all.map((split) => [split.more.join(), split.less.join()]);
        const distinct = new Set(keys.map((key) => (more === less ? key.toSorted() : key).join('|')));
        expect(distinct.size).toBe(all.length);
        for (const split of all) {
          expect(split.more).toHaveLength(more);
          expect([...split.more, ...split.less].toSorted((a, b) => a - b)).toEqual([
            ...Array(more + less).keys(),
          ]);
        }
        expect(all[0]?.more).toEqual([...Array(more).keys()]);
      }),
    );
  });

  it('within pairs are sign flips up to the exchange of all pairs, the actual signs first', () => {
    expect(signFlips(3, random(1))).toEqual({
      all: [
        [1, 1, 1],
        [-1, 1, 1],
        [1, -1, 1],
        [-1, -1, 1],
      ],
      isExact: true,
    });
    expect(signFlips(5, random(1)).all).toHaveLength(16);
  });

  it('are a sample with the actual labels first where there are too many', () => {
    const many = [splits(9, 9, random(1)), signFlips(20, random(1))];
    for (const { all, isExact } of many) {
      expect(isExact).toBe(false);
      expect(all).toHaveLength(500);
    }
    expect(splits(9, 9, random(1))).toEqual(many[0]);
    expect(new Set(many[1]!.all[0] as readonly number[])).toEqual(new Set([1]));
  });
});
