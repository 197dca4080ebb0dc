import { DigestSum } from '@tributary/event-log';
import type { RecordedEvent } from '@tributary/event-log';
import { numberInPartition } from '@tributary/kernel';
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
 * positions in the range. For each range it adds up the digests of the events. Positions ascend.
 */
export class RangeCounts {
  readonly #tables = new Map<string, Map<number, Count>>();
  readonly #digests = new Map<number, DigestSum>();

  /** The event at a packed position, whether it makes rows or not. */
  addEvent(event: RecordedEvent, position: number): void {
    const range = Math.floor(position / RANGE_POSITIONS);
    const sum = this.#digests.get(range) ?? new DigestSum();
    this.#digests.set(range, sum);
    sum.add(numberInPartition(position), event);
  }

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
    const counted = { log_id: logId, epoch, last_position: to };
    const rows: Row[] = [];
    for (const { range, first, last } of rangesOf(from, to)) {
      const positions = last - first + 1;
      const digest = this.#digests.get(range)?.value ?? 0n;
      rows.push(rowOf(range, '', { rows: positions, offsets: 0 }, [positions, digest]));
    }
    for (const [table, counts] of this.#tables)
      for (const [range, count] of counts) rows.push(rowOf(range, table, count));
    return rows.map((row) => ({ ...row, ...counted }));
  }
}

const rowOf = (range: number, table: string, count: Count, [digested, digest] = [0, 0n]): Row => ({
  table_name: table,
  position_range: range,
  row_count: count.rows,
  offset_sum: count.offsets,
  digested_positions: digested,
  digest_sum: digest,
});

/** The ranges of the packed positions after `from`, up to `to`, with the first and the last position in each. */
function* rangesOf(from: number, to: number): Generator<{ range: number; first: number; last: number }> {
  for (let first = from + 1; first <= to;) {
    const range = Math.floor(first / RANGE_POSITIONS);
    const last = Math.min(to, (range + 1) * RANGE_POSITIONS - 1);
    yield { range, first, last };
    first = last + 1;
  }
}
