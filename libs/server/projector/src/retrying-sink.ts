import { Fault, formatEventPosition, millisBetween, untilAborted } from '@tributary/kernel';
import type { Instant, Lease } from '@tributary/kernel';
import { requireRows } from '@tributary/projection';
import type { BlockRange, InsertedRows, Sink, StoredBlock } from '@tributary/projection';
import type { OutageTracker } from './outage-tracker.ts';

/** For tables that other processes fill too, so that the engine may forget a token while an insert is retried. */
export type Repeats = {
  readonly now: () => Instant;
  /** For which an insert is repeated under its token without a look at its table: `repeatMillis`. */
  readonly millis: number;
  /** See `storedBlock`. */
  readonly stored: (range: BlockRange) => Promise<StoredBlock>;
  /** Rows of its batch in the table of a block, after an insert that was repeated; absent where tables have replicas. */
  readonly counted?: InsertedRows['stored'];
};

/**
 * A sink that retries during an outage of the engine. Nothing is inserted without the lease: it is checked before each
 * attempt here and in the engine, because the process may have stood still since the last one; before one that repeats
 * another, who grants it is asked, because the clocks may have stood still too. An attempt that begins
 * `Repeats.millis` after the first one was sent could find its token forgotten, so the table is asked before: what it has
 * is not inserted again. After an attempt that repeated another, its rows are counted, where that can be done in time: an engine that was killed may know
 * a token and not have its rows. Throws Fault `insert_incomplete` (retryable) then, and `insert_uncertain` (retryable) where that does not say whether the views of the table have
 * theirs; the whole planned batch is to be repeated then, as by another owner.
 */
export const retryingSink = <Block>(
  sink: Sink<Block>,
  outages: OutageTracker,
  lease: Lease,
  repeats?: Repeats,
): Sink<Block> => ({
  openBlock: (table) => outages.retry(() => sink.openBlock(table), lease.lost),
  async insert(batch) {
    const { range } = batch;
    const timed = repeats && range && timedRepeats(range, repeats, lease);
    let isRepeated = false;
    const attempt = async (): Promise<StoredBlock> => {
      if (isRepeated) await untilAborted(Promise.resolve(lease.confirm?.()), lease.lost);
      isRepeated = true;
      lease.check();
      const found = (await timed?.look()) ?? 'absent';
      if (found === 'absent') await sink.insert({ ...batch, lease: timed?.lease ?? lease });
      return found;
    };
    const found = await outages.retry(attempt, lease.lost);
    await timed?.requireInserted(found, outages);
  },
  empty: (table) => outages.retry(() => sink.empty(table), lease.lost),
});

/**
 * The attempts of one insert, and since when the next one needs no look at the table for a while. The engine checks the lease when the
 * turn of an attempt comes: before the first one there is nothing that could be forgotten, however long it waited.
 */
function timedRepeats(range: BlockRange, { now, millis, stored, counted }: Repeats, lease: Lease) {
  let since: Instant | undefined;
  /** Attempts of ours, each of which may be several of the engine's client, which checks the lease before each of its own. */
  let attempts = 0;
  let checks = 0;
  const isLate = (): boolean => since !== undefined && millisBetween(since, now()) > millis;
  return {
    /** What the table has before an attempt. */
    async look(): Promise<StoredBlock> {
      attempts += 1;
      if (!isLate()) return 'absent';
      const found = await stored(range);
      /* From its end: after a count that takes longer, each attempt would be late. */
      since = now();
      return found;
    },
    /** The attempts within the engine end where a look is due. */
    lease: {
      lost: lease.lost,
      confirm: async () => lease.confirm?.(),
      check(): void {
        lease.check();
        since ??= now();
        if (isLate()) throw unanswered(range, millis);
        checks += 1;
      },
    },
    /** After the last attempt, from what was found before it. */
    async requireInserted(found: StoredBlock, outages: OutageTracker): Promise<void> {
      if (found === 'uncertain') throw uncertain(range, millis);
      if (found === 'stored' || Math.max(attempts, checks) < 2 || !counted) return;
      const rows = await outages.retry(() => counted(range), lease.lost);
      if (rows !== undefined) requireRows(rows, range);
    },
  };
}

const unanswered = ({ table }: BlockRange, millis: number): Fault =>
  new Fault(
    'engine_unreachable',
    `insert into tributary.${table}: no answer for ${millis / 1000} s; its rows are looked for before it is repeated`,
    { retryable: true },
  );

const uncertain = ({ table, after, until }: BlockRange, millis: number): Fault =>
  new Fault(
    'insert_uncertain',
    `an insert into tributary.${table} got no answer for ${millis / 1000} s, and rows of the events after ${formatEventPosition(after)} up to ${formatEventPosition(until)} are there: the batch is repeated as one of another projector is`,
    { retryable: true },
  );
