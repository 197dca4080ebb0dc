import type { Row } from '@tributary/kernel';

/** The table of the counts. It is filled, emptied and exchanged with the tables that it counts. */
export const RANGE_TABLE = 'log_range';

/** Positions in a range. The positions of a partition begin at a multiple of it, so no range spans two partitions. */
export const RANGE_POSITIONS = 65_536;

type Count = { rows: number; offsets: number };

/** Which log, and which filling of the tables, the counts belong to. */
export type CountedTables = { readonly logId: string; readonly epoch: number };

/**
 * Counts the rows of a batch by table and range of positions: their number, and the sum of the offsets of their
 * positions in the range. Positions ascend, so each table has one open range at a time.
 */
export class RangeCounts {
  readonly #tables = new Map<string, Map<number, Count>>();

  /** Rows that the event at a packed position adds to a table. */
  add(table: string, position: number, rows: number): void {
    const range = Math.floor(position / RANGE_POSITIONS);
    const counts = this.#tables.get(table) ?? new Map<number, Count>();
    const count = counts.get(range) ?? { rows: 0, offsets: 0 };
    if (count.rows === 0) this.#tables.set(table, counts.set(range, count));
    count.rows += rows;
    count.offsets += rows * (position % RANGE_POSITIONS);
  }

  /** Rows of `log_range` for the batch of the packed positions after `from`, up to `to`. */
  rows({ logId, epoch }: CountedTables, from: number, to: number): Row[] {
    const rows: Row[] = [];
    const count = (table_name: string, position_range: number, row_count: number, offset_sum: number): void =>
      void rows.push({
        log_id: logId,
        epoch,
        table_name,
        position_range,
        row_count,
        offset_sum,
        last_position: to,
      });
    for (const { range, first, last } of rangesOf(from, to)) count('', range, last - first + 1, 0);
    for (const [table, counts] of this.#tables)
      for (const [range, { rows: number, offsets }] of counts) count(table, range, number, offsets);
    return rows;
  }
}

/** The ranges of the packed positions after `from`, up to `to`, with the first and the last position in each. */
function* rangesOf(from: number, to: number): Generator<{ range: number; first: number; last: number }> {
  for (let first = from + 1; first <= to;) {
    const range = Math.floor(first / RANGE_POSITIONS);
    const last = Math.min(to, (range + 1) * RANGE_POSITIONS - 1);
    yield { range, first, last };
    first = last + 1;
  }
}
