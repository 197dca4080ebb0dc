import type { Projection } from '@tributary/contracts';
import { ordinal } from '@tributary/event-log';
import type { Cursor, EventLog } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { openBatch } from './batch.ts';
import type { Batch, Sink } from './batch.ts';
import { complete, emptied, isEmptying, isPending, plan, tokenOf } from './cursor.ts';

type Source = Pick<EventLog, 'read' | 'changed' | 'cursors'>;

/** What a step works with. `save` makes a cursor durable. */
export type Work<Block = unknown> = {
  readonly log: Source;
  readonly sink: Sink<Block>;
  readonly projections: readonly Projection[];
  save(cursor: Cursor): Promise<void>;
};

/** Small enough that the events of one read die young once they are encoded. */
const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** The events after a position, encoded: what is there until `patience` ends or the batch is full. */
export async function gather(work: Work, from: Position, patience: AbortSignal): Promise<Batch> {
  const batch = openBatch(work.sink, work.projections);
  while (!batch.isFull()) {
    const after = batch.to() ?? from;
    const events = await work.log.read({ after, ...READ });
    await batch.add(events);
    if (events.length > 0) continue;
    if (patience.aborted) break;
    await work.log.changed(after, patience).catch(() => undefined);
  }
  return batch;
}

/**
 * Carries a batch into the tables. Its range is durable before its rows are inserted, and the cursor moves after the
 * engine's word.
 */
export async function carry(work: Work, cursor: Cursor, batch: Batch): Promise<void> {
  const to = batch.to();
  if (to === undefined) return;
  const planned = plan(cursor, to);
  await work.save(planned);
  await batch.insert(tokenOf(planned));
  await work.save(complete(planned));
}

/** Finishes what the last life began: the range it had planned, or the emptying of the tables. */
export async function recover(work: Work, cursor: Cursor): Promise<void> {
  if (isEmptying(cursor)) return empty(work, cursor);
  if (!isPending(cursor)) return;
  const batch = await regather(work, cursor);
  await batch.insert(tokenOf(cursor));
  await work.save(complete(cursor));
}

/** A planned range is read again exactly: the same events give the same rows. */
async function regather({ log, sink, projections }: Work, { position, planned }: Cursor): Promise<Batch> {
  const batch = openBatch(sink, projections);
  const end = ordinal(planned?.to ?? position);
  for (let after = position; ordinal(after) < end; after = batch.to() ?? after) {
    const limit = Math.min(READ.limit, end - ordinal(after));
    await batch.add(await log.read({ after, limit, maxBytes: READ.maxBytes }));
  }
  return batch;
}

async function empty(work: Work, cursor: Cursor): Promise<void> {
  const tables = work.projections.flatMap((projection) => projection.tables);
  for (const table of tables) await work.sink.empty(`tributary.${table}`);
  await work.save(emptied(cursor));
}
