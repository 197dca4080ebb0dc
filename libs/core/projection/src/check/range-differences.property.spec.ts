import { eventPosition, partitionOf, partitionStart } from '@tributary/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RANGE_POSITIONS } from './range-counts.ts';
import {
  comparedRanges,
  countDifferences,
  countedEnds,
  NO_RANGE,
  rangeDifferences,
} from './range-differences.ts';
import type { CountedPartition, CountedSum, RangeSum } from './range-differences.ts';

const number = fc.nat(3 * RANGE_POSITIONS);
const PARTITIONS = [0, 3];

/** A partition, and the ends of its batches: some of the last ones are counted and not committed. */
type Filled = CountedPartition & { readonly batches: readonly number[] };

const aPartition = (partition: number): fc.Arbitrary<Filled> =>
  fc
    .tuple(fc.array(number, { minLength: 1, maxLength: 6 }), fc.nat(6), fc.nat(5))
    .map(([ends, counted, committed]) => {
      const at = (end: number): number => eventPosition(partition, end);
      const batches = [...new Set(ends.filter((end) => end > 0))].toSorted((a, b) => a - b).map(at);
      const until = batches[committed % Math.max(1, batches.length)] ?? at(0);
      return { after: counted === 0 ? Math.min(until, at(ends[0] ?? 0)) : at(0), until, batches };
    });
const partitions = fc.tuple(aPartition(0), aPartition(3));

/** Packed positions, each of one row. */
const rows = fc.array(
  fc
    .tuple(fc.constantFrom(...PARTITIONS), fc.integer({ min: 1, max: 4 * RANGE_POSITIONS }))
    .map((one) => eventPosition(...one)),
  { maxLength: 40 },
);

const rangeOf = (position: number): number => Math.floor(position / RANGE_POSITIONS);

function sumsOf(positions: readonly number[]): Map<number, RangeSum> {
  const sums = new Map<number, RangeSum>();
  for (const position of positions) {
    const { rows: count, offsets } = sums.get(rangeOf(position)) ?? NO_RANGE;
    sums.set(rangeOf(position), { rows: count + 1, offsets: offsets + (position % RANGE_POSITIONS) });
  }
  return sums;
}

const NOTHING: CountedSum = { ...NO_RANGE, positions: 0, last: 0 };

/** What the batches of the partitions have counted, without those that end at the positions in `lost`. */
function countsOf(filled: readonly Filled[], inserted: readonly number[] = [], lost: readonly number[] = []) {
  const counts = new Map<number, CountedSum>();
  for (const { batches, until } of filled) {
    let before = partitionStart(partitionOf(until));
    for (const to of batches) {
      if (!lost.includes(to)) addBatch(counts, inserted, { before, to });
      before = to;
    }
  }
  return counts;
}

function addBatch(
  counts: Map<number, CountedSum>,
  inserted: readonly number[],
  { before, to }: { readonly before: number; readonly to: number },
): void {
  const own = sumsOf(inserted.filter((position) => position > before && position <= to));
  for (let first = before + 1; first <= to; first = (rangeOf(first) + 1) * RANGE_POSITIONS) {
    const range = rangeOf(first);
    const last = Math.min(to, (range + 1) * RANGE_POSITIONS - 1);
    const sum = counts.get(range) ?? NOTHING;
    const more = own.get(range) ?? NO_RANGE;
    counts.set(range, {
      rows: sum.rows + more.rows,
      offsets: sum.offsets + more.offsets,
      positions: sum.positions + last - first + 1,
      last: Math.max(sum.last, to),
    });
  }
}

const countedTo = (filled: readonly Filled[], position: number): number =>
  filled.find(({ until }) => partitionOf(until) === partitionOf(position))?.batches.at(-1) ?? 0;

/** The rows of a table as they are read: up to the last position that is counted. */
function storedOf(counts: ReadonlyMap<number, CountedSum>, positions: readonly number[]) {
  const ends = countedEnds(counts);
  return sumsOf(positions.filter((position) => position <= (ends[partitionOf(position)] ?? 0)));
}

it('rows that are lost are found exactly where every position of their range is counted, whatever is being inserted', () => {
  fc.assert(
    fc.property(partitions, rows, rows, fc.nat(39), (filled, inserted, more, index) => {
      const before = inserted.filter((position) => position <= countedTo(filled, position));
      const uncounted = more.filter((position) => position > countedTo(filled, position));
      const counts = countsOf(filled, before);
      const lost = before[index % Math.max(1, before.length)];
      const left = [...before.filter((position) => position !== lost), ...uncounted];
      const found = [...rangeDifferences(counts, storedOf(counts, left), filled)];
      const isCompared = [...comparedRanges(filled)].some(
        ({ range }) => lost !== undefined && range === rangeOf(lost),
      );
      expect(found.map(({ range }) => range)).toEqual(isCompared ? [rangeOf(lost ?? 0)] : []);
    }),
  );
});

it('rows that are inserted and not counted yet differ in no range', () => {
  fc.assert(
    fc.property(partitions, rows, (filled, inserted) => {
      const counts = countsOf(
        filled,
        inserted.filter((position) => position <= countedTo(filled, position)),
      );
      expect([...rangeDifferences(counts, storedOf(counts, inserted), filled)]).toEqual([]);
      expect([...countDifferences(counts, filled)]).toEqual([]);
    }),
  );
});

it('counts of a batch that are lost are found in every compared range that it filled, whatever is counted later', () => {
  fc.assert(
    fc.property(partitions, fc.nat(5), (filled, index) => {
      const [first] = filled;
      const committed = first.batches.filter((to) => to <= first.until);
      const lost = committed[index % Math.max(1, committed.length)];
      if (lost === undefined) return;
      const before = Math.max(partitionStart(0), ...first.batches.filter((to) => to < lost));
      const own = [...comparedRanges(filled)].filter(
        ({ range }) => range >= rangeOf(before + 1) && range <= rangeOf(lost),
      );
      const found = [...countDifferences(countsOf(filled, [], [lost]), filled)];
      expect(found.map(({ range }) => range)).toEqual(own.map(({ range }) => range));
    }),
  );
});

it('the compared ranges are consecutive, and hold counted positions only', () => {
  fc.assert(
    fc.property(aPartition(3), (counted) => {
      const ranges = [...comparedRanges([counted])];
      for (const { before, last, end, range } of ranges) {
        expect(before).toBeGreaterThanOrEqual(counted.after);
        expect(last).toBe(Math.min(counted.until, end));
        expect(rangeOf(before + 1)).toBe(range);
        expect(end % RANGE_POSITIONS).toBe(RANGE_POSITIONS - 1);
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
