import type { Projection } from '@tributary/contracts';
import { ordinal } from '@tributary/event-log';
import type { Cursor, EventLog, RecordedEvent } from '@tributary/event-log';
import type { Row } from '@tributary/kernel';
import { fold } from './batch.ts';
import { complete, emptied, isEmptying, isPending, plan } from './cursor.ts';

export type TableName = `tributary.${string}`;

/** Where rows go. `insert` drops what it has already taken under the same token. */
export type Sink = {
  insert(batch: { table: TableName; token: string; rows: readonly Row[] }): Promise<void>;
  /** Removes every row of a table. */
  empty(table: TableName): Promise<void>;
};

export type Source = Pick<EventLog, 'read' | 'changed' | 'cursors'>;

/** What a step works with. `save` makes a cursor durable. */
export type Work = {
  readonly log: Source;
  readonly sink: Sink;
  readonly projections: readonly Projection[];
  save(cursor: Cursor): Promise<void>;
};

const READ = { limit: 50_000, maxBytes: 16 * 1024 * 1024 };

/**
 * Carries one range of the log into the tables: the planned one if the last life left one, else the next. The range
 * is durable before its rows are inserted, and the cursor moves after the engine's word.
 */
export async function step(work: Work, cursor: Cursor): Promise<Cursor> {
  if (isEmptying(cursor)) return empty(work, cursor);
  const events = await nextEvents(work.log, cursor);
  const batch = fold(events, work.projections);
  if (!batch) return cursor;
  const planned = plan(cursor, batch.to);
  if (!isPending(cursor)) await work.save(planned);
  for (const [table, rows] of batch.rows) {
    if (rows.length === 0) continue;
    await work.sink.insert({ table: `tributary.${table}`, token: `${table}:${planned.planned?.token}`, rows });
  }
  const next = complete(planned);
  await work.save(next);
  return next;
}

/** A planned range is read again exactly: the same events give the same rows. */
function nextEvents(log: Source, { position, planned }: Cursor): Promise<RecordedEvent[]> {
  const pending = planned ? ordinal(planned.to) - ordinal(position) : 0;
  const range = pending > 0 ? { limit: pending, maxBytes: Number.MAX_SAFE_INTEGER } : READ;
  return log.read({ after: position, ...range });
}

async function empty(work: Work, cursor: Cursor): Promise<Cursor> {
  const tables = work.projections.flatMap((projection) => projection.tables);
  for (const table of tables) await work.sink.empty(`tributary.${table}`);
  const next = emptied(cursor);
  await work.save(next);
  return next;
}
