import { eventPosition, partitionOf, partitionStart } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RANGE_POSITIONS } from './range-counts.ts';
import { comparedRanges, NO_RANGE, rangeDifferences } from './range-differences.ts';
import type { CountedPartition, RangeSum } from './range-differences.ts';

const number = fc.nat(3 * RANGE_POSITIONS);
const aPartition = (partition: number): fc.Arbitrary<CountedPartition> =>
  fc.tuple(number, number).map(([one, other]) => ({
    after: eventPosition(partition, Math.min(one, other)),
    until: eventPosition(partition, Math.max(one, other)),
  }));
const partitions = fc.tuple(aPartition(0), aPartition(3));
/** Packed positions, each of one row. */
const rows = fc.array(
  fc
    .tuple(fc.constantFrom(0, 3), fc.integer({ min: 1, max: 3 * RANGE_POSITIONS }))
    .map((one) => eventPosition(...one)),
  { maxLength: 40 },
);

function sumsOf(positions: readonly number[]): Map<number, RangeSum> {
  const sums = new Map<number, RangeSum>();
  for (const position of positions) {
    const range = Math.floor(position / RANGE_POSITIONS);
    const { rows: count, offsets } = sums.get(range) ?? NO_RANGE;
    sums.set(range, { rows: count + 1, offsets: offsets + (position % RANGE_POSITIONS) });
  }
  return sums;
}

it('rows that are lost are found exactly where every position of their range is counted', () => {
  fc.assert(
    fc.property(partitions, rows, fc.nat(39), (counted, inserted, index) => {
      const lost = inserted[index % Math.max(1, inserted.length)];
      const left = inserted.filter((position) => position !== lost);
      const found = [...rangeDifferences(sumsOf(inserted), sumsOf(left), counted)];
      const range = lost === undefined ? -1 : Math.floor(lost / RANGE_POSITIONS);
      const isCompared = [...comparedRanges(counted)].some((one) => one.range === range);
      expect(found.map((one) => one.range)).toEqual(isCompared ? [range] : []);
    }),
  );
});

it('rows that are inserted meanwhile differ in no range that still grows', () => {
  fc.assert(
    fc.property(partitions, rows, rows, (counted, before, more) => {
      const late = more.filter((position) =>
        counted.some(({ until }) => partitionOf(until) === partitionOf(position) && position > until),
      );
      expect([...rangeDifferences(sumsOf(before), sumsOf([...before, ...late]), counted)]).toEqual([]);
    }),
  );
});

it('the compared ranges are consecutive, and hold counted positions only', () => {
  fc.assert(
    fc.property(aPartition(3), (counted) => {
      const ranges = [...comparedRanges([counted])];
      for (const { before, last, range, isWhole } of ranges) {
        expect(before).toBeGreaterThanOrEqual(counted.after);
        expect(last).toBeLessThanOrEqual(counted.until);
        expect(Math.floor((before + 1) / RANGE_POSITIONS)).toBe(range);
        expect(isWhole).toBe(last % RANGE_POSITIONS === RANGE_POSITIONS - 1);
      }
      expect(ranges.slice(1).map(({ before }) => before)).toEqual(
        ranges.slice(0, -1).map(({ last }) => last),
      );
      const fromStart = { ...counted, after: partitionStart(3) };
      const all = [...comparedRanges([fromStart])].reduce((sum, { before, last }) => sum + last - before, 0);
      expect(all).toBe(counted.until - partitionStart(3));
    }),
  );
});
