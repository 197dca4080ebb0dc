import type { Cursor, EventLog } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { openBatch } from './batch.ts';
import type { Batch, BatchWork } from './batch.ts';
import type { Finder } from './corrections.ts';
import { Misfit } from './misfit.ts';
import type { Misfits } from './misfits.ts';
import { complete, emptied, isEmptying, isPending, plan, tokenOf } from './cursor.ts';

type Source = Pick<EventLog, 'read' | 'changed' | 'cursors'> & Finder;

/** What a step works with. `save` makes a cursor durable. */
export type Work<Block = unknown> = BatchWork<Block> & {
  readonly log: Source;
  readonly misfits: Misfits;
  /**
   * Whether a batch ends with its patience even where more events are there. Who may lose the work at any moment makes
   * no progress with batches that take longer than the time until then.
   */
  readonly timely?: boolean;
  save(cursor: Cursor): Promise<void>;
};

/** Small enough that the events of one read die young once they are encoded. */
const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** The events after a position, encoded: what is there until the batch is full, or `patience` ends and there is no more. */
export function gather(work: Work, from: Position, patience: AbortSignal): Promise<Batch> {
  return withoutMisfits(work, async (batch) => {
    while (!batch.isFull()) {
      const after = batch.to() ?? from;
      const events = await work.log.read({ after, ...READ });
      await batch.add(events);
      if (events.length > 0 && !(work.timely && patience.aborted)) continue;
      if (patience.aborted) break;
      await work.log.changed(after, patience).catch(() => undefined);
    }
  });
}

/** Fills a batch. A fact that makes no rows spoils the blocks it has begun, so they are filled again without it. */
async function withoutMisfits(work: Work, fill: (batch: Batch) => Promise<void>): Promise<Batch> {
  const left = new Set<Position>();
  for (;;) {
    const batch = openBatch(work, left);
    try {
      await fill(batch);
      return batch;
    } catch (error) {
      if (!(error instanceof Misfit) || left.has(error.event.position)) throw error;
      left.add(error.event.position);
      await work.misfits.park(error);
    }
  }
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

/** The events of a range, encoded: all of them, or as many as a batch takes. */
export const gatherTo = (work: Work, from: Position, to: Position): Promise<Batch> =>
  gatherRange(work, { from, to }, false);

/** A planned range is read again exactly: the same events give the same rows, however full the batch would be by now. */
const regather = (work: Work, { position, planned }: Cursor): Promise<Batch> =>
  gatherRange(work, { from: position, to: planned?.to ?? position }, true);

type Range = { readonly from: Position; readonly to: Position };

function gatherRange(work: Work, { from, to }: Range, whole: boolean): Promise<Batch> {
  const end = parseEventPosition(to);
  return withoutMisfits(work, async (batch) => {
    for (
      let after = from;
      parseEventPosition(after) < end && (whole || !batch.isFull());
      after = batch.to() ?? after
    ) {
      const limit = Math.min(READ.limit, end - parseEventPosition(after));
      const events = await work.log.read({ after, limit, maxBytes: READ.maxBytes });
      if (events.length === 0)
        throw new Fault(
          'log_too_short',
          `the log ends at ${after}, before ${end}, which the tables were to hold`,
        );
      await batch.add(events, whole);
    }
  });
}

async function empty(work: Work, cursor: Cursor): Promise<void> {
  const tables = work.projections.flatMap((projection) => projection.tables);
  for (const table of tables) await work.sink.empty(`tributary.${table}`);
  await work.misfits.forget();
  await work.save(emptied(cursor));
}
