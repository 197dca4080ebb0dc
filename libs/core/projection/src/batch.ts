import type { RecordedEvent } from '@tributary/event-log';
import type { Position } from '@tributary/kernel';
import { Blocks } from './table-blocks.ts';
import { rowsProjector } from './rows-of-events.ts';
import type { TableSlice, PendingSlices, ProjectionContext } from './rows-of-events.ts';
import { withRegisterRow } from './event-register.ts';
import type { Sink } from './sink.ts';

const MAX_EVENTS = 250_000;

/** Rows of a growing range of the log. They are encoded as they come, so that neither facts nor rows pile up. */
export type Batch = {
  /**
   * Takes events in order until the batch is full, or all of them where it is to be `whole`. Throws a Misfit for a fact
   * that makes no rows; the batch is to be dropped then.
   */
  add(events: readonly RecordedEvent[], whole?: boolean): Promise<void>;
  /** The last event that went in. */
  to(): Position | undefined;
  isFull(): boolean;
  insert(token: string): Promise<void>;
};

export type BatchContext<Block> = ProjectionContext & {
  readonly sink: Sink<Block>;
  /** Whether the tables say which events they hold, for a log that cannot tell repeats by itself. */
  readonly registersEvents?: boolean;
};

/** Deterministic: what a batch holds depends on its events alone. The facts at the positions in `left` are left out. */
export function openBatch<Block>(work: BatchContext<Block>, left: ReadonlySet<Position>): Batch {
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
  /** How many tables of a fact took their rows at once. Nothing is awaited here: this runs for every event. */
  const takeNow = (event: RecordedEvent, made: readonly TableSlice[]): number => {
    const place = made.findIndex(({ table, rows }) => {
      const blocks = blocksOf(table);
      const isTaken = blocks.takeNow(event, rows);
      isFull ||= blocks.isFull;
      return !isTaken;
    });
    return place < 0 ? made.length : place;
  };
  const takeRest = async (event: RecordedEvent, made: Iterable<TableSlice>): Promise<void> => {
    for (const { table, rows } of made) {
      await blocksOf(table).take(event, rows);
      isFull ||= blocksOf(table).isFull;
    }
  };
  const madeOf = (event: RecordedEvent): PendingSlices => {
    const made = left.has(event.position) ? [] : project(event);
    return work.registersEvents === true ? withRegisterRow(event, made) : made;
  };
  return {
    isFull: () => isFull || events >= MAX_EVENTS,
    to: () => last,
    async add(more, whole = false) {
      for (const event of more) {
        if (!whole && (isFull || events >= MAX_EVENTS)) return;
        const made = event.omitted === undefined ? madeOf(event) : [];
        if (made instanceof Promise) await takeRest(event, await made);
        else {
          const taken = takeNow(event, made);
          if (taken < made.length) await takeRest(event, made.slice(taken));
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
