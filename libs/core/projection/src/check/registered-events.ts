import { digestBetween } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { formatEventPosition, parseLogPosition, partitionOf, partitionStart, query } from '@tributary/kernel';
import type { EventPosition, LogPosition, SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import { RANGE_POSITIONS } from './range-counts.ts';

const registered = z.object({
  position_range: z.coerce.number(),
  events: z.coerce.number(),
  digest: z.coerce.bigint(),
});
type Registered = z.infer<typeof registered>;

const registeredDigests = query(import.meta.url, 'registered-digests', {
  params: z.object({ as_of: z.array(z.number()), capacity: z.number() }),
  row: registered,
});

/** The first difference between the events that the tables of a group hold and those of its log, in words. */
export type GroupFinding = {
  readonly code: 'tables_short' | 'tables_of_another_log' | 'log_behind_tables';
  readonly detail: string;
  /** Whether rows that were being inserted may explain it. Then only a later look can tell. */
  readonly mayPass?: boolean;
};

/** A comparison that took too long or too much memory. It says nothing about the tables. */
type Uncompared = { readonly code: 'not_compared'; readonly detail: string };

/** What a comparison found; undefined where nothing differs. */
export type Outcome = GroupFinding | Uncompared | undefined;

type Compared = {
  readonly reader: SqlReader;
  readonly log: Pick<EventLog, 'head' | 'digestAt' | 'read'>;
};

/**
 * Compares the events that `log_event` registers with those of the log, in each partition up to a position of both that
 * no longer changes. Where all agree, the log answers with one number a partition. One pass over the positions and hashes
 * of the table; events are read only in the first range that differs. Rows of other tables are not compared. Throws the
 * Faults of reader and log.
 */
export async function compareRegistered(
  { reader, log }: Compared,
  position: LogPosition,
): Promise<GroupFinding | undefined> {
  const head = parseLogPosition(log.head(), position.length) ?? [];
  const ends = position.map((end, partition) => Math.min(end, head[partition] ?? 0));
  const behind = ends.findIndex((end, partition) => end < (position[partition] ?? 0));
  if (behind >= 0) return behindOf(position[behind] ?? 0, ends[behind] ?? 0);
  const rows = await reader.all(registeredDigests, { as_of: ends, capacity: partitionStart(1) });
  for (const [partition, end] of ends.entries()) {
    const own = rows.filter(
      ({ position_range }) => partitionOf(position_range * RANGE_POSITIONS) === partition,
    );
    const finding = await comparePartition(log, own, end);
    if (finding) return finding;
  }
  return undefined;
}

const behindOf = (tables: EventPosition, log: EventPosition): GroupFinding => ({
  code: 'log_behind_tables',
  detail: `they hold events up to ${formatEventPosition(tables)}, and the log that this process has ends at ${formatEventPosition(log)}`,
});

async function comparePartition(
  log: Compared['log'],
  own: readonly Registered[],
  end: EventPosition,
): Promise<GroupFinding | undefined> {
  const all = own.reduce((sum, { digest }) => BigInt.asUintN(64, sum + digest), 0n);
  if (all === (await log.digestAt(formatEventPosition(end)))) return undefined;
  const byRange = new Map(own.map((range) => [range.position_range, range]));
  for (let before = partitionStart(partitionOf(end)); before < end;) {
    const range = Math.floor((before + 1) / RANGE_POSITIONS);
    const last = Math.min(end, (range + 1) * RANGE_POSITIONS - 1);
    const { events = 0, digest = 0n } = byRange.get(range) ?? {};
    if (digest !== (await digestOf(log, before, last))) return findingOf(log, { before, last, events });
    before = last;
  }
  return undefined;
}

const digestOf = async (log: Compared['log'], before: number, last: number): Promise<bigint> =>
  digestBetween(
    await log.digestAt(formatEventPosition(before)),
    await log.digestAt(formatEventPosition(last)),
  );

type Range = { readonly before: EventPosition; readonly last: EventPosition; readonly events: number };

async function findingOf(log: Compared['log'], { before, last, events }: Range): Promise<GroupFinding> {
  const inLog = await eventsBetween(log, before, last);
  const span = `at positions ${formatEventPosition(before + 1)} to ${formatEventPosition(last)}`;
  return events < inLog
    ? { code: 'tables_short', detail: `${span} they hold ${events} of ${inLog} events` }
    : { code: 'tables_of_another_log', detail: `${span} they hold other events than the log` };
}

const READ = { limit: 2_000, maxBytes: 8 * 1024 * 1024 };

/** How many of the positions after `before` up to `last` have an event. */
async function eventsBetween(log: Compared['log'], before: number, last: number): Promise<number> {
  let count = 0;
  for (let after = before; after < last;) {
    const limit = Math.min(READ.limit, last - after);
    const read = await log.read({ ...READ, limit, after: formatEventPosition(after) });
    if (read.length === 0) break;
    count += read.filter(({ omitted }) => omitted === undefined).length;
    after += read.length;
  }
  return count;
}
