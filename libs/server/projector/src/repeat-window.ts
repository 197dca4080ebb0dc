import { Fault } from '@tributary/kernel';

/** Blocks of a table whose tokens the engine remembers: `non_replicated_deduplication_window` of the migrations. */
const REMEMBERED_BLOCKS = 10_000;

/**
 * A batch of a partition takes as long, however short it lingers: after one another its plan is committed by the group, and
 * the engine flushes a block of `log_event`, of the table of its rows and of `log_range`.
 */
const SHORTEST_BATCH_MILLIS = 5;

/** So long an insert may wait for others before it is sent; a shorter window would end attempts that were never made. */
const LEAST_MILLIS = 5_000;

/** An outage that is longer has cost more than a look at the table does. */
const MOST_MILLIS = 30_000;

type Batches = {
  /** Milliseconds for which a batch waits for more events. */
  readonly linger: number;
  /** Of the topic. Each adds a block to a table per batch. */
  readonly partitions: number;
};

/** Milliseconds in which the batches of all partitions cannot make the engine forget a block. */
const windowMillis = ({ linger, partitions }: Batches): number =>
  Math.floor((REMEMBERED_BLOCKS * Math.max(linger, SHORTEST_BATCH_MILLIS)) / partitions);

/** Milliseconds for which an insert is repeated under its token without a look at its table. */
export const repeatMillis = (batches: Batches): number => Math.min(MOST_MILLIS, windowMillis(batches));

/** The shortest linger with so many partitions, in milliseconds. */
export function shortestLinger(partitions: number): number {
  const least = Math.ceil((LEAST_MILLIS * partitions) / REMEMBERED_BLOCKS);
  return least <= SHORTEST_BATCH_MILLIS ? 0 : least;
}

/**
 * Throws Fault `linger_too_short` where the batches of so many partitions could make the engine forget an insert that is
 * being repeated.
 */
export function requireLinger({ linger, partitions }: Batches): void {
  const least = shortestLinger(partitions);
  if (linger >= least) return;
  throw new Fault(
    'linger_too_short',
    `with ${partitions} partitions TRIBUTARY_BATCH_LINGER_MS must be at least ${least} and is ${linger}: ClickHouse remembers ${REMEMBERED_BLOCKS} blocks of a table, and so many batches could make it forget one within ${LEAST_MILLIS / 1000} s, while its insert is repeated; set it higher, then start again`,
  );
}
