import { isFactType } from '@tributary/contracts';
import type { Fact, Projection, Stamp } from '@tributary/contracts';
import { ordinal } from '@tributary/event-log';
import type { RecordedEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Position, Row, TableRows } from '@tributary/kernel';

/** Rows of a range of the log, by table. `to` is the last event that went in. */
export type Batch = { readonly to: Position; readonly rows: ReadonlyMap<string, readonly Row[]> };

/** The engine takes at most 100,000 rows at once; a batch closes well below. */
const MAX_ROWS = 50_000;

/** Folds events until one table has enough rows. Deterministic: it depends on the events alone. */
export function fold(events: readonly RecordedEvent[], projections: readonly Projection[]): Batch | undefined {
  const rows = new Map<string, Row[]>();
  let last: RecordedEvent | undefined;
  for (const event of events) {
    const fact = factOf(event);
    const stamp: Stamp = { _position: ordinal(event.position), recorded_at: event.recordTime };
    const sizes = projections.map((projection) => add(rows, projection.project(fact, stamp)));
    last = event;
    if (Math.max(...sizes) >= MAX_ROWS) break;
  }
  return last && { to: last.position, rows };
}

/** Adds rows; returns the size of the largest table that grew. */
function add(rows: Map<string, Row[]>, more: TableRows): number {
  let largest = 0;
  for (const table in more) {
    const present = rows.get(table);
    const added = more[table] ?? [];
    if (present) for (const row of added) present.push(row);
    else rows.set(table, [...added]);
    largest = Math.max(largest, rows.get(table)?.length ?? 0);
  }
  return largest;
}

/** The fact in an event: as capture parsed it, or parsed again from the stored bytes. */
function factOf(event: RecordedEvent): Fact {
  if (isFact(event.parsed)) return event.parsed;
  const parsed: unknown = JSON.parse(Buffer.from(event.bytes).toString('utf8'));
  if (isFact(parsed)) return parsed;
  throw new Fault('unreadable_event', `the event at ${event.position} is no ${event.type} that this version reads`);
}

/** Events pass their schema at the door, so the type vouches for the data. */
const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event && isFactType(String(event.type));
