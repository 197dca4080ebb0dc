import type { RecordedEvent } from '@tributary/event-log';
import { pace, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { RANGE_TABLE, RangeCounts } from './check/range-counts.ts';
import { Blocks } from './table-blocks.ts';
import { rowsProjector } from './rows-of-events.ts';
import type { Parts, TableSlice, PendingSlices, ProjectionContext } from './rows-of-events.ts';
import { withRegisterRow } from './event-register.ts';
import { countOf } from './row-chunks.ts';
import type { Sink } from './sink.ts';
import type { PlannedState } from './state/tables-state.ts';

const MAX_EVENTS = 250_000;

/**
 * Bytes of events that are projected before others have their turn, in one process where requests are answered beside
 * this. An event counts for as much as a short one at least.
 */
const BYTES_IN_A_TURN = 256 * 1024;
const SHORT = 512;
/** What a part of a long fact counts for that has made no rows: it has read a dataset of at most 256 KiB. */
const WITHOUT_ROWS = 8 * 1024;

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
  /** Inserts the rows under the token of the planned range, then their counts. */
  insert(planned: PlannedState): Promise<void>;
};

export type BatchContext<Block> = ProjectionContext & {
  readonly sink: Sink<Block>;
  /** Whether each event gets a row in `log_event`, for a log that needs the tables to recognise duplicates. */
  readonly registersEvents?: boolean;
  /** The log whose id stands in the tables beside the counts of their rows; nothing is counted where it is absent. */
  readonly logId?: string;
};

/** An empty batch. Its content depends on its events alone. Facts at the positions in `left` are failed out. */
export function openBatch<Block>(work: BatchContext<Block>, failed: ReadonlySet<Position>): Batch {
  const tables = new Map<string, Blocks<Block>>();
  const counts = new RangeCounts();
  const paced = pace(BYTES_IN_A_TURN);
  let last: Position | undefined;
  let events = 0;
  let isFull = false;

  const blocksOf = (table: string): Blocks<Block> => {
    const blocks = tables.get(table) ?? new Blocks(work.sink, table);
    tables.set(table, blocks);
    return blocks;
  };
  /** How many tables of a fact took their rows synchronously. This runs for every event, so nothing is awaited. */
  const addNow = (event: RecordedEvent, position: number, slices: readonly TableSlice[]): number => {
    const index = slices.findIndex(({ table, rows }) => {
      const blocks = blocksOf(table);
      const isAdded = blocks.takeNow(event, rows);
      if (isAdded) counts.add(table, position, countOf(rows));
      isFull ||= blocks.isFull;
      return !isAdded;
    });
    return index < 0 ? slices.length : index;
  };
  const addRest = (event: RecordedEvent, position: number, parts: Parts): Promise<void> =>
    inTurns(parts, paced, async ({ table, rows }) => {
      await blocksOf(table).take(event, rows);
      counts.add(table, position, countOf(rows));
      isFull ||= blocksOf(table).isFull;
    });
  const slicesOf = slicing(work, failed);
  return {
    isFull: () => isFull || events >= MAX_EVENTS,
    to: () => last,
    async add(more, whole = false) {
      /* Positions are consecutive, and parsing each one would cost more than counting. */
      let position = more[0] ? parseEventPosition(more[0].position) - 1 : 0;
      for (const event of more) {
        position += 1;
        const turn = paced(Math.max(SHORT, event.bytes.length));
        if (turn) await turn;
        if (!whole && (isFull || events >= MAX_EVENTS)) return;
        const slices = event.omitted === undefined ? slicesOf(event) : [];
        if (slices instanceof Promise) await addRest(event, position, await slices);
        else {
          const added = addNow(event, position, slices);
          if (added < slices.length) await addRest(event, position, slices.slice(added));
        }
        /* Only now: a batch that ends before an event that cannot be read yet does not count it. */
        if (work.logId !== undefined) counts.addEvent(event, position);
        last = event.position;
        events += 1;
      }
    },
    insert: (planned) => insertBlocks(work, { tables, counts }, planned),
  };
}

/** Takes the slices of a long fact one after the other. */
async function inTurns(
  parts: Parts,
  paced: ReturnType<typeof pace>,
  take: (slice: TableSlice) => Promise<void>,
): Promise<void> {
  for (const slice of parts) {
    const turn = paced(slice ? SHORT * countOf(slice.rows) : WITHOUT_ROWS);
    if (turn) await turn;
    if (slice) await take(slice);
  }
}

const slicing = (work: ProjectionContext & { registersEvents?: boolean }, failed: ReadonlySet<Position>) => {
  const project = rowsProjector(work);
  return (event: RecordedEvent): PendingSlices => {
    const slices = failed.has(event.position) ? [] : project(event);
    return work.registersEvents === true ? withRegisterRow(event, slices) : slices;
  };
};

type Filled<Block> = { readonly tables: ReadonlyMap<string, Blocks<Block>>; readonly counts: RangeCounts };

/** The counts follow their rows, so that tables never hold less than they say. */
async function insertBlocks<Block>(
  { sink, logId }: BatchContext<Block>,
  { tables, counts }: Filled<Block>,
  { batch: { from, to, token }, generation: { epoch } }: PlannedState,
): Promise<void> {
  const [after, until] = [parseEventPosition(from), parseEventPosition(to)];
  for (const [table, blocks] of tables) {
    let before = 0;
    const finished = blocks.finish();
    const total = finished.reduce((sum, { rows }) => sum + rows, 0);
    for (const [index, { block, rows }] of finished.entries()) {
      const range = { table, after, until, before, rows, total };
      await sink.insert({ token: `${table}:${token}#${index}`, block, range });
      before += rows;
    }
  }
  if (logId === undefined) return;
  const builder = await sink.openBlock(`tributary.${RANGE_TABLE}`);
  const rows = counts.rows({ logId, epoch }, after, until);
  builder.add(rows);
  await sink.insert({
    token: `${RANGE_TABLE}:${token}`,
    block: builder.finish(),
    range: { table: RANGE_TABLE, after, until, before: 0, rows: rows.length, total: rows.length },
  });
}
