import { hash } from 'node:crypto';
import { ordinal, PARTITION_PLACES, positionOf, startOf } from '@tributary/event-log';
import type { KnownEvent, NewEvent, RecordedEvent } from '@tributary/event-log';
import { query } from '@tributary/kernel';
import type { Row, SqlReader } from '@tributary/kernel';
import { z } from 'zod';
import type { Made, Making } from './made-rows.ts';

const TABLE = 'log_event';

/** What an event makes, with the row that says the tables hold it. */
export function registered(event: RecordedEvent, made: Making): Making {
  const own: Made = { table: TABLE, rows: [rowOf(event)] };
  return made instanceof Promise ? made.then((rest) => joined(own, rest)) : [own, ...made];
}

function* joined(own: Made, rest: Iterable<Made>): Generator<Made> {
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
  _position: ordinal(event.position),
  recorded_at: event.recordTime,
});

/** 48 bits of a SHA-256: a safe integer. Two events may share one, so whoever looks compares source and id. */
const keyOf = ({ source, id }: Pick<NewEvent, 'source' | 'id'>): number =>
  hash('sha256', `${source}\n${id}`, 'buffer').readUIntBE(0, 6);

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

const lastPlaceIn = query(import.meta.url, 'last-place', {
  params: z.object({ after: z.number(), until: z.number() }),
  row: z.object({ place: z.coerce.number() }),
});

/** The last place of a partition that the tables hold; the place before its first event where they hold none. */
export async function lastPlace(reader: SqlReader, partition: number): Promise<number> {
  const after = startOf(partition);
  const [row] = await reader.all(lastPlaceIn, { after, until: after + PARTITION_PLACES - 1 });
  return Math.max(after, row?.place ?? after);
}

export type KnownIn = (events: readonly Pick<NewEvent, 'source' | 'id'>[]) => Promise<readonly KnownEvent[]>;

/** Tells which events of a partition the tables hold. */
export const knownEvents =
  (reader: SqlReader, partition: number): KnownIn =>
  async (events) => {
    const after = startOf(partition);
    const keys = [...new Set(events.map(keyOf))];
    const rows = await reader.all(knownByKey, { keys, after, until: after + PARTITION_PLACES - 1 });
    return rows.map((row) => ({ ...row, position: positionOf(row.position) }));
  };
