import type { NewEvent } from './event-log.ts';
import { anEvent, uuid } from './log-under-test.fixture.ts';

/** A request of a client. A repeated request is the same object. */
export type HistoryAppend = { readonly atomic: boolean; readonly events: readonly NewEvent[] };

/** The requests of each client, in order. A client sends the next one when the last one was answered. */
export type History = readonly (readonly HistoryAppend[])[];

const STREAMS = ['run/a', 'run/b', 'run/c'];
const RETRIES = 0.4;
const OTHER_CONTENT = 0.05;

/** 1 to 8 clients with 1 to 6 requests of 1 to 5 events. More than a third of the requests repeat one of any client. */
export function historyFrom(seed: number): History {
  const random = randomFrom(seed + 1);
  const below = (end: number): number => Math.floor(random() * end);
  const made: HistoryAppend[] = [];
  let ids = 0;
  const newEvent = (): NewEvent => {
    const known = made.at(below(made.length))?.events[0];
    const event = anEvent({ id: uuid((ids += 1)), stream: STREAMS[below(STREAMS.length)] ?? '' });
    return known && random() < OTHER_CONTENT
      ? { ...known, bytes: Buffer.from(`other than ${known.id}`) }
      : event;
  };
  const newAppend = (): HistoryAppend => {
    const repeated = random() < RETRIES ? made[below(made.length)] : undefined;
    if (repeated) return repeated;
    const append = { atomic: random() < 0.7, events: Array.from({ length: 1 + below(5) }, newEvent) };
    made.push(append);
    return append;
  };
  return Array.from({ length: 1 + below(8) }, () => Array.from({ length: 1 + below(6) }, newAppend));
}

/** The mulberry32 generator: the same history for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed * 2_654_435_769;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
