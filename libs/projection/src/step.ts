import type { Projection } from '@tributary/contracts';
import { ordinal } from '@tributary/event-log';
import type { Cursor, EventLog } from '@tributary/event-log';
import { openBatch } from './batch.ts';
import type { Batch, Sink } from './batch.ts';
import { complete, emptied, isEmptying, isPending, plan } from './cursor.ts';

export type Source = Pick<EventLog, 'read' | 'changed' | 'cursors'>;

/** What a step works with. `save` makes a cursor durable. */
export type Work<Block = unknown> = {
  readonly log: Source;
  readonly sink: Sink<Block>;
  readonly projections: readonly Projection[];
  save(cursor: Cursor): Promise<void>;
};

/** Small enough that the events of one read die young once they are encoded. */
const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/**
 * Carries one range of the log into the tables: the planned one if the last life left one, else what is there until
 * `patience` ends or the batch is full. The range is durable before its rows are inserted, and the cursor moves after
 * the engine's word.
 */
export async function step(work: Work, cursor: Cursor, patience: AbortSignal): Promise<Cursor> {
  if (isEmptying(cursor)) return empty(work, cursor);
  const batch = openBatch(work.sink, work.projections);
  if (isPending(cursor)) await regather(work, cursor, batch);
  else await gather(work, cursor, batch, patience);
  const to = batch.to();
  if (to === undefined) return cursor;
  const planned = plan(cursor, to);
  if (!isPending(cursor)) await work.save(planned);
  await batch.insert(planned.planned?.token ?? '');
  const next = complete(planned);
  await work.save(next);
  return next;
}

async function gather({ log }: Work, { position }: Cursor, batch: Batch, patience: AbortSignal): Promise<void> {
  while (!batch.isFull()) {
    const after = batch.to() ?? position;
    const events = await log.read({ after, ...READ });
    await batch.add(events);
    if (events.length > 0) continue;
    if (patience.aborted) return;
    await log.changed(after, patience).catch(() => undefined);
  }
}

/** A planned range is read again exactly: the same events give the same rows. */
async function regather({ log }: Work, { position, planned }: Cursor, batch: Batch): Promise<void> {
  const end = ordinal(planned?.to ?? position);
  for (let after = position; ordinal(after) < end; after = batch.to() ?? after) {
    const limit = Math.min(READ.limit, end - ordinal(after));
    await batch.add(await log.read({ after, limit, maxBytes: READ.maxBytes }));
  }
}

async function empty(work: Work, cursor: Cursor): Promise<Cursor> {
  const tables = work.projections.flatMap((projection) => projection.tables);
  for (const table of tables) await work.sink.empty(`tributary.${table}`);
  const next = emptied(cursor);
  await work.save(next);
  return next;
}
