import { hash } from 'node:crypto';
import { Fault } from '@tributary/kernel';
import type { Conflict, NewEvent } from './event-log.ts';

/** Events of one request with their hashes, checked against each other. */
export type AppendRequest = {
  readonly events: readonly NewEvent[];
  readonly hashes: readonly string[];
  readonly atomic: boolean;
  /** Index of the first event with the same source and id; absent when all are distinct. */
  readonly firstIndex?: readonly number[];
  readonly conflicts: readonly Conflict[];
  readonly bytes: number;
};

export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

export function appendRequest(events: readonly NewEvent[], atomic: boolean): AppendRequest {
  let bytes = 0;
  for (const event of events) {
    refuseMalformed(event);
    bytes += event.bytes.length;
  }
  const hashes = events.map((event) => sha256(event.bytes));
  const offers = { events, hashes, atomic, rivals: [], bytes };
  return isAscending(events) ? offers : { ...offers, ...compared(events, hashes) };
}

/** A lone surrogate has no UTF-8 form of its own, so two such texts would meet in the index. */
function refuseMalformed({ source, id, type, stream }: NewEvent): void {
  if (source.isWellFormed() && id.isWellFormed() && type.isWellFormed() && stream.isWellFormed()) return;
  throw new Fault('event_malformed', 'source, id, type and stream must be well-formed text');
}

/** True of what one producer makes with monotonic ids; spares the map. */
function isAscending(events: readonly NewEvent[]): boolean {
  for (let index = 1; index < events.length; index += 1) {
    const before = events[index - 1];
    const event = events[index];
    if (!before || !event || before.source !== event.source || before.id >= event.id) return false;
  }
  return true;
}

function compared(
  events: readonly NewEvent[],
  hashes: readonly string[],
): Pick<AppendRequest, 'firstOf' | 'rivals'> {
  const seen = new Map<string, Map<string, number>>();
  const rivals: Conflict[] = [];
  const firstOf = events.map(({ source, id }, index) => {
    const ids = seen.get(source) ?? new Map<string, number>();
    const first = ids.get(id) ?? index;
    if (first === index) seen.set(source, ids.set(id, index));
    const knownHash = hashes[first] ?? '';
    const offeredHash = hashes[index] ?? '';
    if (knownHash !== offeredHash) rivals.push({ index, source, id, knownHash, offeredHash });
    return first;
  });
  return { firstIndex: firstOf, conflicts: rivals };
}
