import { partitionOf, partitionStart } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import { RANGE_POSITIONS } from './range-counts.ts';

/** Rows in one range of positions: their number, and the sum of the offsets of their positions in the range. */
export type RangeSum = { readonly rows: number; readonly offsets: number };

/** By the number of the range: a packed position divided by `RANGE_POSITIONS`. */
export type RangeSums = ReadonlyMap<number, RangeSum>;

/** A partition whose rows are counted from the event after `after` on, and are all in the tables up to `until`. */
export type CountedPartition = { readonly after: EventPosition; readonly until: EventPosition };

/** A range of a partition: the packed positions after `before` up to `last`. */
export type ComparedRange = {
  readonly range: number;
  readonly before: EventPosition;
  readonly last: EventPosition;
  /** Whether all positions of the range are in the tables, so that it no longer changes. */
  readonly isWhole: boolean;
};

export type RangeDifference = ComparedRange & { readonly wanted: RangeSum; readonly found: RangeSum };

export const NO_RANGE: RangeSum = { rows: 0, offsets: 0 };

/** The ranges of the partitions of which every position is counted, in order. The last one of a partition may still grow. */
export function* comparedRanges(partitions: readonly CountedPartition[]): Generator<ComparedRange> {
  for (const { after, until } of partitions) {
    const start = partitionStart(partitionOf(after));
    for (let before = start; before < until;) {
      const range = Math.floor((before + 1) / RANGE_POSITIONS);
      const end = (range + 1) * RANGE_POSITIONS - 1;
      const last = Math.min(until, end);
      if (before >= after) yield { range, before, last, isWhole: end <= until };
      before = last;
    }
  }
}

/**
 * The ranges that differ. One that no longer changes must have exactly what is wanted of it. One that still grows must
 * have no less, because what is found was read later, and rows are only added.
 */
export function* rangeDifferences(
  wanted: RangeSums,
  found: RangeSums,
  partitions: readonly CountedPartition[],
): Generator<RangeDifference> {
  for (const compared of comparedRanges(partitions)) {
    const { range, isWhole } = compared;
    const least = wanted.get(range) ?? NO_RANGE;
    const sum = found.get(range) ?? NO_RANGE;
    const isLess = sum.rows < least.rows || sum.offsets < least.offsets;
    const isMore = sum.rows > least.rows || sum.offsets > least.offsets;
    if (isLess || (isWhole && isMore)) yield { ...compared, wanted: least, found: sum };
  }
}
