import type { EventLog } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { openBatch } from './batch.ts';
import type { Batch, BatchContext } from './batch.ts';
import { RANGE_TABLE } from './check/range-counts.ts';
import type { EventFinder } from './corrections.ts';
import { addUntilNewer } from './newer-contract.ts';
import { ProjectionFailure } from './projection-failures.ts';
import type { ProjectionFailures } from './projection-failures.ts';
import { completeBatch, emptied, planBatch } from './state/tables-state.ts';
import type { EmptyingState, PlannedState, WorkingState } from './state/tables-state.ts';

/** What a projector reads of a log. */
export type ProjectedLog = Pick<EventLog, 'read' | 'changed' | 'cursors'> & EventFinder;

/** What a step works with. `save` makes a state durable. */
export type StepContext<Block = unknown> = BatchContext<Block> & {
  readonly log: ProjectedLog;
  readonly failures: ProjectionFailures;
  /**
   * Whether a batch ends with its linger time even where more events are there. A worker that may lose its partition
   * at any moment makes no progress with batches that take longer than that.
   */
  readonly boundedBatches?: boolean;
  save(state: WorkingState): Promise<void>;
};

/** Small enough that the events of one read are garbage soon after they are encoded. */
const READ = { limit: 2_000, maxBytes: 4 * 1024 * 1024 };

/** The events after a position, encoded: until the batch is full, or until `lingered` aborts and no more events are there. */
export function fetchBatch(context: StepContext, from: Position, lingered: AbortSignal): Promise<Batch> {
  return withoutFailures(context, async (batch) => {
    while (!batch.isFull()) {
      const after = batch.to() ?? from;
      const events = await context.log.read({ after, ...READ });
      if (await addUntilNewer(batch, events)) break;
      if (events.length > 0 && !(context.boundedBatches && lingered.aborted)) continue;
      if (lingered.aborted) break;
      await context.log.changed(after, lingered).catch(() => undefined);
    }
  });
}

/** Fills a batch. A fact that makes no rows leaves unfinished blocks, so the batch is built again without it. */
async function withoutFailures(context: StepContext, fill: (batch: Batch) => Promise<void>): Promise<Batch> {
  const failed = new Set<Position>();
  for (;;) {
    const batch = openBatch(context, failed);
    try {
      await fill(batch);
      return batch;
    } catch (error) {
      if (!(error instanceof ProjectionFailure) || failed.has(error.event.position)) throw error;
      failed.add(error.event.position);
      await context.failures.park(error);
    }
  }
}

/** Inserts a batch. Its range is durable before its rows are inserted, and complete after the engine has confirmed. */
export async function applyBatch(context: StepContext, state: WorkingState, batch: Batch): Promise<void> {
  const to = batch.to();
  if (to === undefined) return;
  const planned = planBatch(state, to);
  await context.save(planned);
  await batch.insert(planned);
  await context.save(completeBatch(planned));
}

/** Finishes what the last run began: the planned batch, or the emptying of the tables. */
export async function recover(context: StepContext, state: WorkingState): Promise<void> {
  if (state.kind === 'emptying') return empty(context, state);
  if (state.kind !== 'planned') return;
  const batch = await refetchBatch(context, state);
  await batch.insert(state);
  await context.save(completeBatch(state));
}

/** A planned range is read again exactly: the same events make the same rows, however full the batch would be now. */
function refetchBatch(context: StepContext, { position, batch: { to } }: PlannedState): Promise<Batch> {
  const end = parseEventPosition(to);
  return withoutFailures(context, async (batch) => {
    for (let after = position; parseEventPosition(after) < end; after = batch.to() ?? after) {
      const limit = Math.min(READ.limit, end - parseEventPosition(after));
      const events = await context.log.read({ after, limit, maxBytes: READ.maxBytes });
      if (events.length === 0)
        throw new Fault(
          'log_too_short',
          `the log ends at ${after}, but a batch up to ${to} was planned: the log was cut or replaced; restore it, or rebuild the tables`,
        );
      await batch.add(events, true);
    }
  });
}

async function empty(context: StepContext, state: EmptyingState): Promise<void> {
  const tables = context.projections.flatMap((projection) => projection.tables);
  if (context.logId !== undefined) tables.push(RANGE_TABLE);
  for (const table of tables) await context.sink.empty(`tributary.${table}`);
  await context.failures.reset();
  await context.save(emptied(state));
}
