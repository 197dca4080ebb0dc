import { isFactType } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { ordinal } from '@tributary/event-log';
import type { RecordedEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { ColumnarRows, Position, Row } from '@tributary/kernel';
import { weightOf } from './weight.ts';

export type TableName = `tributary.${string}`;

/** The rows of one table while a batch grows. */
export type Filling<Block> = {
  add(rows: readonly Row[]): void;
  addColumns(columns: ColumnarRows['columns'], count: number): void;
  finish(): Block;
};

/** Where rows go. `insert` drops what it has already taken under the same token. */
export type Sink<Block = unknown> = {
  fill(table: TableName): Promise<Filling<Block>>;
  insert(batch: { readonly token: string; readonly block: Block }): Promise<void>;
  /** Removes every row of a table. */
  empty(table: TableName): Promise<void>;
};

/**
 * The engine takes at most 300,000 rows at once; a batch closes below. An event adds at most 1,024 or, of items and
 * amounts, 10,000. Smaller batches make more parts, and merging those costs the engine more than inserting them.
 */
const MAX_ROWS = 250_000;
const MAX_EVENTS = 250_000;

/** A block holds at most 64 MiB; one event adds less than 8. */
const MAX_BYTES = 48 * 1024 * 1024;

/** Rows of a growing range of the log. They are encoded as they come, so that neither facts nor rows pile up. */
export type Batch = {
  /** Takes events in order until the batch is full. */
  add(events: readonly RecordedEvent[]): Promise<void>;
  /** The last event that went in. */
  to(): Position | undefined;
  isFull(): boolean;
  insert(token: string): Promise<void>;
};

/** Deterministic: what a batch holds depends on its events alone. */
export function openBatch<Block>(sink: Sink<Block>, projections: readonly Projection[]): Batch {
  const tables = new Map<string, Open<Block>>();
  let last: Position | undefined;
  let events = 0;
  let largest = 0;
  let heaviest = 0;

  const open = async (table: string): Promise<Open<Block>> => {
    const opened = { filling: await sink.fill(`tributary.${table}`), rows: 0, bytes: 0 };
    tables.set(table, opened);
    return opened;
  };
  const take = (into: Open<Block>, rows: Rows): void => {
    if ('count' in rows) into.filling.addColumns(rows.columns, rows.count);
    else into.filling.add(rows);
    into.rows += countOf(rows);
    into.bytes += weightOf(rows);
    largest = Math.max(largest, into.rows);
    heaviest = Math.max(heaviest, into.bytes);
  };
  const isFull = (): boolean => largest >= MAX_ROWS || events >= MAX_EVENTS || heaviest >= MAX_BYTES;

  return {
    isFull,
    to: () => last,
    async add(more) {
      for (const event of more) {
        if (isFull()) return;
        for (const { table, rows } of rowsOf(event, projections)) {
          /* Once a table is open nothing is awaited: this runs for every event. */
          take(tables.get(table) ?? (await open(table)), rows);
        }
        last = event.position;
        events += 1;
      }
    },
    async insert(token) {
      for (const [table, { filling }] of tables)
        await sink.insert({ token: `${table}:${token}`, block: filling.finish() });
    },
  };
}

type Open<Block> = { readonly filling: Filling<Block>; rows: number; bytes: number };
type Rows = readonly Row[] | ColumnarRows;

const countOf = (rows: Rows): number => ('count' in rows ? rows.count : rows.length);

function rowsOf(event: RecordedEvent, projections: readonly Projection[]): { table: string; rows: Rows }[] {
  const fact = factOf(event);
  const stamp: Stamp = { _position: ordinal(event.position), recorded_at: event.recordTime };
  const made: { table: string; rows: Rows }[] = [];
  for (const projection of projections) {
    const tables = projection.project(fact, stamp);
    for (const table in tables) {
      const rows = tables[table] ?? [];
      if (countOf(rows) > 0) made.push({ table, rows });
    }
  }
  return made;
}

/** The fact in an event: as capture parsed it, or parsed again from the stored bytes. */
function factOf(event: RecordedEvent): Fact {
  if (isFact(event.parsed)) return event.parsed;
  const parsed: unknown = JSON.parse(Buffer.from(event.bytes).toString('utf8'));
  if (isFact(parsed)) return parsed;
  throw new Fault(
    'unreadable_event',
    `the event at ${event.position} is no ${event.type} that this version reads`,
  );
}

/** Events pass their schema at the door, so the type vouches for the data. */
const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event && isFactType(String(event.type));
