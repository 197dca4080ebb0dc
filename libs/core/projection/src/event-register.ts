import type { KnownEvent, NewEvent, RecordedEvent } from '@tributary/event-log';
import {
  formatEventPosition,
  parseEventPosition,
  partitionEnd,
  partitionStart,
  query,
} from '@tributary/kernel';
import type { Position, Row, SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import type { Parts, TableSlice, PendingSlices } from './rows-of-events.ts';

const TABLE = 'log_event';

/** The rows of an event, with its row in `log_event`, which says that the tables hold it. */
export function withRegisterRow(event: RecordedEvent, slices: PendingSlices): PendingSlices {
  const own: TableSlice = { table: TABLE, rows: [rowOf(event)] };
  return slices instanceof Promise ? slices.then((rest) => joined(own, rest)) : [own, ...slices];
}

function* joined(own: TableSlice, rest: Parts): Generator<TableSlice | undefined> {
  yield own;
  yield* rest;
}

const rowOf = (event: RecordedEvent): Row => ({
  id_key: keyOf(event),
  source: event.source,
  id: event.id,
  type: event.type,
  stream: event.stream,
  hash: event.hash,
  _position: parseEventPosition(event.position),
  recorded_at: event.recordTime,
});

/**
 * A 53-bit key of source and id: two FNV-1a hashes of their UTF-16 units. Keys can collide, so a lookup also compares
 * source and id.
 */
function keyOf({ source, id }: Pick<NewEvent, 'source' | 'id'>): number {
  let [high, low] = [0x811c9dc5, 0xcbf29ce4];
  for (const text of [source, '\n', id])
    for (let at = 0; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      high = Math.imul(high ^ unit, 0x01000193);
      low = Math.imul(low ^ unit, 0x01000193) ^ (low >>> 15);
    }
  return ((high >>> 0) & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

const knownByKey = query(import.meta.url, 'known-events', {
  params: z.object({ keys: z.array(z.number()), after: z.number(), until: z.number() }),
  row: z.object({
    source: z.string(),
    id: z.string(),
    type: z.string(),
    stream: z.string(),
    hash: z.string(),
    position: z.coerce.number(),
  }),
});

const atPosition = query(import.meta.url, 'event-at', {
  params: z.object({ position: z.number() }),
  row: z.object({ source: z.string(), id: z.string() }),
});

const lastInPartition = query(import.meta.url, 'last-position', {
  params: z.object({ after: z.number(), until: z.number() }),
  row: z.object({ position: z.coerce.number() }),
});

const registeredRange = query(import.meta.url, 'registered-range', {
  params: z.object({ after: z.number(), until: z.number() }),
  row: z.object({ row_count: z.coerce.number(), position_count: z.coerce.number() }),
});

/** Rows of `log_event` for the packed positions after `after` up to `until`, and how many positions they are for. */
export async function registeredRows(
  reader: SqlReader,
  range: { readonly after: number; readonly until: number },
): Promise<{ readonly rows: number; readonly positions: number }> {
  const [row] = await reader.all(registeredRange, range);
  return { rows: row?.row_count ?? 0, positions: row?.position_count ?? 0 };
}

/**
 * The packed position of the last event of a partition in the tables; the start of the partition where they hold none.
 */
export async function lastPosition(reader: SqlReader, partition: number): Promise<number> {
  const after = partitionStart(partition);
  const [row] = await reader.all(lastInPartition, { after, until: partitionEnd(partition) });
  return Math.max(after, row?.position ?? after);
}

/** Whether the tables hold events of a partition or of a later one. */
export async function holdsFrom(reader: SqlReader, partition: number): Promise<boolean> {
  const after = partitionStart(partition);
  const [row] = await reader.all(lastInPartition, { after, until: Number.MAX_SAFE_INTEGER });
  return (row?.position ?? 0) > after;
}

/** The source and id of the event that the tables have at a position. */
export async function eventAt(
  reader: SqlReader,
  position: Position,
): Promise<Pick<NewEvent, 'source' | 'id'> | undefined> {
  const [row] = await reader.all(atPosition, { position: parseEventPosition(position) });
  return row;
}

export type KnownEventsLookup = (
  events: readonly Pick<NewEvent, 'source' | 'id'>[],
) => Promise<readonly KnownEvent[]>;

/** Looks up which of the given events of a partition the tables hold, by source and id. */
export const knownEvents =
  (reader: SqlReader, partition: number): KnownEventsLookup =>
  async (events) => {
    const after = partitionStart(partition);
    const keys = [...new Set(events.map(keyOf))];
    const rows = await reader.all(knownByKey, { keys, after, until: partitionEnd(partition) });
    return rows.map((row) => ({ ...row, position: formatEventPosition(row.position) }));
  };
