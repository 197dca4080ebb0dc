import { upcasting } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { ordinal } from '@tributary/event-log';
import type { EventLog, RecordedEvent } from '@tributary/event-log';
import type { Position, TableRows } from '@tributary/kernel';
import { Blocks } from './blocks.ts';
import { withCorrected } from './corrections.ts';
import { factOf } from './fact-of.ts';
import type { BlobReader } from './fact-of.ts';
import { misfit } from './misfit.ts';
import { countOf } from './pieces.ts';
import type { Rows } from './pieces.ts';
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

export type BatchWork<Block> = {
  readonly sink: Sink<Block>;
  readonly projections: readonly Projection[];
  readonly blobs?: BlobReader | undefined;
  readonly log: Pick<EventLog, 'find'>;
};

/** Deterministic: what a batch holds depends on its events alone. The facts at the positions in `left` are left out. */
export function openBatch<Block>(work: BatchWork<Block>, left: ReadonlySet<Position>): Batch {
  const tables = new Map<string, Blocks<Block>>();
  const newest = upcasting(work.projections.flatMap(({ upcasters = [] }) => upcasters));
  let last: Position | undefined;
  let events = 0;
  let isFull = false;

  const blocksOf = (table: string): Blocks<Block> => {
    const blocks = tables.get(table) ?? new Blocks(work.sink, table);
    tables.set(table, blocks);
    return blocks;
  };
  /** How many tables of a fact took their rows at once. Nothing is awaited here: this runs for every event. */
  const takeNow = (event: RecordedEvent, made: readonly Made[]): number => {
    const place = made.findIndex(({ table, rows }) => {
      const blocks = blocksOf(table);
      const isTaken = blocks.takeNow(event, rows);
      isFull ||= blocks.isFull;
      return !isTaken;
    });
    return place < 0 ? made.length : place;
  };
  const takeRest = async (event: RecordedEvent, made: Iterable<Made>): Promise<void> => {
    for (const { table, rows } of made) {
      await blocksOf(table).take(event, rows);
      isFull ||= blocksOf(table).isFull;
    }
  };
  /** What lies in a blob makes its rows a part at a time. */
  const project = (event: RecordedEvent): readonly Made[] | Promise<Iterable<Made>> => {
    const read = factOf(event, work.blobs);
    const isLong = read instanceof Promise;
    const rowsFrom = (fact: Fact): Iterable<Made> =>
      isLong ? partsOf(event, fact, work.projections) : rowsOf(event, fact, work.projections);
    const corrected = (fact: Fact): Promise<Iterable<Made>> =>
      withCorrected(fact, ordinal(event.position), work.log).then(rowsFrom);
    const withNewest = (old: Fact): Promise<Iterable<Made>> => {
      const fact = newest(old);
      return fact.corrects === undefined ? Promise.resolve(rowsFrom(fact)) : corrected(fact);
    };
    if (isLong) return read.then(withNewest);
    const fact = newest(read);
    return fact.corrects === undefined ? rowsOf(event, fact, work.projections) : corrected(fact);
  };

  return {
    isFull: () => isFull || events >= MAX_EVENTS,
    to: () => last,
    async add(more, whole = false) {
      for (const event of more) {
        if (!whole && (isFull || events >= MAX_EVENTS)) return;
        const made = left.has(event.position) ? [] : guarded(event, project);
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

type Made = { readonly table: string; readonly rows: Rows };

/** What reading or projecting a fact throws, at once or later, is thrown as a Misfit. */
function guarded(
  event: RecordedEvent,
  project: (event: RecordedEvent) => readonly Made[] | Promise<Iterable<Made>>,
): readonly Made[] | Promise<Iterable<Made>> {
  try {
    const made = project(event);
    return made instanceof Promise ? made.then((parts) => guardedParts(event, parts), failing(event)) : made;
  } catch (cause) {
    throw misfit(event, cause);
  }
}

const failing =
  (event: RecordedEvent) =>
  (cause: unknown): never => {
    throw misfit(event, cause);
  };

function* guardedParts(event: RecordedEvent, parts: Iterable<Made>): Generator<Made> {
  try {
    yield* parts;
  } catch (cause) {
    throw misfit(event, cause);
  }
}

function rowsOf(event: RecordedEvent, fact: Fact, projections: readonly Projection[]): Made[] {
  const stamp = stampOf(event);
  const made: Made[] = [];
  for (const projection of projections) addTables(projection.project(fact, stamp), made);
  return made;
}

function* partsOf(event: RecordedEvent, fact: Fact, projections: readonly Projection[]): Generator<Made> {
  const stamp = stampOf(event);
  for (const projection of projections) {
    const parts = projection.projectInParts?.(fact, stamp) ?? [projection.project(fact, stamp)];
    for (const tables of parts) yield* addTables(tables, []);
  }
}

const stampOf = ({ position, recordTime }: RecordedEvent): Stamp => ({
  _position: ordinal(position),
  recorded_at: recordTime,
});

function addTables(tables: TableRows, made: Made[]): Made[] {
  for (const table in tables) {
    const rows = tables[table] ?? [];
    if (countOf(rows) > 0) made.push({ table, rows });
  }
  return made;
}
