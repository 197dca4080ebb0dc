import { partitionOf, partitionStart } from '@tributary/kernel';
import type { EventPosition } from '@tributary/kernel';
import { RANGE_POSITIONS } from './range-counts.ts';

/** Rows in one range of positions: their number, and the sum of the offsets of their positions in the range. */
export type RangeSum = { readonly rows: number; readonly offsets: number };

/** By the number of the range: a packed position divided by `RANGE_POSITIONS`. */
export type RangeSums = ReadonlyMap<number, RangeSum>;

/** What was counted in one range: how many positions, and the last one of the batch that counted last. */
export type CountedSum = RangeSum & { readonly positions: number; readonly last: EventPosition };

/** A partition whose rows are counted from the event after `after` on, and are all in the tables up to `until`. */
export type CountedPartition = { readonly after: EventPosition; readonly until: EventPosition };

/** A range of a partition: the packed positions after `before` up to `last`, of at most those up to `end`. */
export type ComparedRange = {
  readonly range: number;
  readonly before: EventPosition;
  readonly last: EventPosition;
  readonly end: EventPosition;
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
      if (before >= after) yield { range, before, last, end };
      before = last;
    }
  }
}

/**
 * The last position of each partition whose rows were counted, by the number of the partition. Rows after it are of a batch
 * that is not counted yet: with them, those that are missing before it would not be missed.
 */
export function countedEnds(counted: ReadonlyMap<number, CountedSum>): EventPosition[] {
  const ends: EventPosition[] = [];
  for (const [range, { last }] of counted) {
    const partition = partitionOf(range * RANGE_POSITIONS);
    while (ends.length <= partition) ends.push(partitionStart(ends.length));
    ends[partition] = Math.max(ends[partition] ?? 0, last);
  }
  return ends;
}

/**
 * The ranges of which not every position up to the committed one was counted, or not every one up to the last that was. More
 * may be counted than is committed.
 */
export function* countDifferences(
  counted: ReadonlyMap<number, CountedSum>,
  partitions: readonly CountedPartition[],
): Generator<RangeDifference> {
  for (const compared of comparedRanges(partitions)) {
    const { range, before, last, end } = compared;
    const { positions, last: reached } = counted.get(range) ?? { positions: 0, last: 0 };
    const wanted = Math.max(last, Math.min(reached, end)) - before;
    if (positions !== wanted) yield { ...compared, wanted: rowsOf(wanted), found: rowsOf(positions) };
  }
}

/** The ranges in which not just the rows are found that were counted. Both are of the positions up to the last counted one. */
export function* rangeDifferences(
  wanted: RangeSums,
  found: RangeSums,
  partitions: readonly CountedPartition[],
): Generator<RangeDifference> {
  for (const compared of comparedRanges(partitions)) {
    const counted = wanted.get(compared.range) ?? NO_RANGE;
    const stored = found.get(compared.range) ?? NO_RANGE;
    if (stored.rows !== counted.rows || stored.offsets !== counted.offsets)
      yield { ...compared, wanted: counted, found: stored };
  }
}

const rowsOf = (rows: number): RangeSum => ({ rows, offsets: 0 });
