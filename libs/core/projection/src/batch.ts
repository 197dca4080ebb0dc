import type { RecordedEvent } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { Blocks } from './table-blocks.ts';
import { rowsProjector } from './rows-of-events.ts';
import type { TableSlice, PendingSlices, ProjectionContext } from './rows-of-events.ts';
import { withRegisterRow } from './event-register.ts';
import type { Sink } from './sink.ts';

const MAX_EVENTS = 250_000;

/** The rows of a growing range of the log. Events are encoded as they arrive, so that neither facts nor rows accumulate. */
export type Batch = {
  /**
   * Adds events in order until the batch is full, or all of them where `whole` is set. Throws a ProjectionFailure for
   * a fact that makes no rows; the batch is then invalid and has to be dropped.
   */
  add(events: readonly RecordedEvent[], whole?: boolean): Promise<void>;
  /** Position of the last event in the batch; undefined while it is empty. */
  to(): Position | undefined;
  isFull(): boolean;
  insert(token: string): Promise<void>;
};

export type BatchContext<Block> = ProjectionContext & {
  readonly sink: Sink<Block>;
  /** Whether each event gets a row in `log_event`, for a log that needs the tables to recognise duplicates. */
  readonly registersEvents?: boolean;
};

/** An empty batch. Its content depends on its events alone. Facts at the positions in `left` are failed out. */
export function openBatch<Block>(work: BatchContext<Block>, failed: ReadonlySet<Position>): Batch {
  const tables = new Map<string, Blocks<Block>>();
  const project = rowsProjector(work);
  let last: Position | undefined;
  let events = 0;
  let isFull = false;

  const blocksOf = (table: string): Blocks<Block> => {
    const blocks = tables.get(table) ?? new Blocks(work.sink, table);
    tables.set(table, blocks);
    return blocks;
  };
  /** How many tables of a fact took their rows synchronously. This runs for every event, so nothing is awaited. */
  const addNow = (event: RecordedEvent, slices: readonly TableSlice[]): number => {
    const index = slices.findIndex(({ table, rows }) => {
      const blocks = blocksOf(table);
      const isAdded = blocks.takeNow(event, rows);
      isFull ||= blocks.isFull;
      return !isAdded;
    });
    return index < 0 ? slices.length : index;
  };
  const addRest = async (event: RecordedEvent, slices: Iterable<TableSlice>): Promise<void> => {
    for (const { table, rows } of slices) {
      await blocksOf(table).take(event, rows);
      isFull ||= blocksOf(table).isFull;
    }
  };
  const slicesOf = (event: RecordedEvent): PendingSlices => {
    const slices = failed.has(event.position) ? [] : project(event);
    return work.registersEvents === true ? withRegisterRow(event, slices) : slices;
  };
  return {
    isFull: () => isFull || events >= MAX_EVENTS,
    to: () => last,
    async add(more, whole = false) {
      for (const event of more) {
        if (!whole && (isFull || events >= MAX_EVENTS)) return;
        const slices = event.omitted === undefined ? slicesOf(event) : [];
        if (slices instanceof Promise) await addRest(event, await slices);
        else {
          const added = addNow(event, slices);
          if (added < slices.length) await addRest(event, slices.slice(added));
        }
        last = event.position;
        events += 1;
      }
    },
    async insert(token) {
      for (const [table, blocks] of tables)
        for (const [index, block] of blocks.finish().entries())
          await work.sink.insert({ token: `${table}:${token}#${index}`, block });
    },
  };
}
