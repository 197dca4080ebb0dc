import { hash } from 'node:crypto';
import { Fault } from '@tributary/kernel';
import type { Conflict, NewEvent } from './event-log.ts';

/** The events of one append with their hashes, compared with each other. */
export type AppendRequest = {
  readonly events: readonly NewEvent[];
  readonly hashes: readonly string[];
  readonly atomic: boolean;
  /** Index of the first event with the same source and id; absent when all are distinct. */
  readonly firstIndex?: readonly number[];
  /** Events of the request with equal source and id and different hashes. */
  readonly conflicts: readonly Conflict[];
  /** Sum of the payloads. */
  readonly bytes: number;
};

export const sha256 = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');

/** Whether an event of a request has the source and id of an earlier one of it. */
export const isRepeat = ({ firstIndex }: AppendRequest, index: number): boolean =>
  firstIndex !== undefined && firstIndex[index] !== index;

/** Throws Fault `event_malformed`. */
export function appendRequest(events: readonly NewEvent[], atomic: boolean): AppendRequest {
  let bytes = 0;
  for (const event of events) {
    refuseMalformed(event);
    bytes += event.bytes.length;
  }
  const hashes = events.map((event) => sha256(event.bytes));
  const request = { events, hashes, atomic, conflicts: [], bytes };
  return isAscending(events) ? request : { ...request, ...compared(events, hashes) };
}

/** A lone surrogate has no UTF-8 form, so two texts that differ in one would have the same key in the index. */
function refuseMalformed({ source, id, type, stream }: NewEvent): void {
  if (source.isWellFormed() && id.isWellFormed() && type.isWellFormed() && stream.isWellFormed()) return;
  throw new Fault(
    'event_malformed',
    'source, id, type and stream must be well-formed Unicode (no lone surrogates)',
  );
}

/** Whether all ids differ because they ascend, as those of one producer do. Saves the comparison by a map. */
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
): Pick<AppendRequest, 'firstIndex' | 'conflicts'> {
  const seen = new Map<string, Map<string, number>>();
  const conflicts: Conflict[] = [];
  const firstIndex = events.map(({ source, id }, index) => {
    const ids = seen.get(source) ?? new Map<string, number>();
    const first = ids.get(id) ?? index;
    if (first === index) seen.set(source, ids.set(id, index));
    const knownHash = hashes[first] ?? '';
    const offeredHash = hashes[index] ?? '';
    if (knownHash !== offeredHash) conflicts.push({ index, source, id, knownHash, offeredHash });
    return first;
  });
  return { firstIndex, conflicts };
}
