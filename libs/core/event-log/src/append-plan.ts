import { isRepeat } from './append-request.ts';
import type { AppendRequest } from './append-request.ts';
import type { Appended, Conflict, NewEvent, RecordedEvent, RefusedAppend } from './event-log.ts';
import { conflictOf, receiptOf } from './receipt.ts';

/**
 * What the log has under the id of an event before its group is stored: the stored event, `new` for an id that cannot
 * have occurred before, undefined where only an earlier request of the group may have the id.
 */
export type StoredMatch = RecordedEvent | 'new' | undefined;

/** A request that is not refused: for each of its events the stored event, or the event of this group, with that id. */
export type PlannedAppend<Pending> = {
  readonly request: AppendRequest;
  readonly matches: readonly (RecordedEvent | Pending)[];
  /** The events of the group that this request adds: indexes from `from` up to, without, `to`. */
  readonly from: number;
  readonly to: number;
};

/**
 * Decides what a group of requests stores. Requests are added in their order and see each other's events. It reads
 * and writes nothing: the caller looks ids up before, and stores `events` afterwards.
 *
 * `Pending` is an event that the group will store. Where it is a `RecordedEvent`, it is certain that it will be stored
 * as it is; otherwise another process may still store other content under its id first.
 */
export class AppendPlan<Pending extends { readonly hash: string }> {
  /** What the group stores, in order. */
  readonly events: NewEvent[] = [];
  /** The pending form of each of the events. */
  readonly pending: Pending[] = [];
  readonly #makePending: (event: NewEvent, hash: string, index: number) => Pending;
  /** Filled only when an id has to be looked for. */
  readonly #byId = new Map<string, Pending>();

  constructor(makePending: (event: NewEvent, hash: string, index: number) => Pending) {
    this.#makePending = makePending;
  }

  /**
   * Adds a request with the match of each of its events in the log, or in what is being stored already. Returns undefined
   * for an atomic request whose conflicts are not certain before that is stored, or this group: it is to be planned again
   * then.
   */
  add(
    request: AppendRequest,
    stored: readonly (StoredMatch | Pending)[],
  ): PlannedAppend<Pending> | RefusedAppend | undefined {
    if (request.conflicts.length > 0) return { ok: false, conflicts: request.conflicts };
    const known = request.events.map((event, index) =>
      isRepeat(request, index) ? undefined : this.#match(event, stored[index]),
    );
    if (request.atomic) {
      const conflicts = this.#conflicts(request, known);
      if (!conflicts) return undefined;
      if (conflicts.length > 0) return { ok: false, conflicts };
    }
    const from = this.events.length;
    return { request, matches: this.#matchesOf(request, known), from, to: this.events.length };
  }

  #match(event: NewEvent, stored: StoredMatch | Pending): RecordedEvent | Pending | undefined {
    if (stored === 'new') return undefined;
    for (let index = this.#byId.size; index < this.events.length; index += 1) {
      const [added, pending] = [this.events[index], this.pending[index]];
      if (added && pending) this.#byId.set(nameOf(added), pending);
    }
    return this.#byId.get(nameOf(event)) ?? stored;
  }

  #conflicts(
    { events, hashes, firstIndex }: AppendRequest,
    known: readonly (RecordedEvent | Pending | undefined)[],
  ): Conflict[] | undefined {
    const conflicts: Conflict[] = [];
    for (const [index, event] of events.entries()) {
      const match = known[firstIndex?.[index] ?? index];
      const hash = hashes[index] ?? '';
      if (match === undefined || match.hash === hash) continue;
      if (!('position' in match)) return undefined;
      conflicts.push(conflictOf(match, event, { index, hash }));
    }
    return conflicts;
  }

  #matchesOf(
    request: AppendRequest,
    known: readonly (RecordedEvent | Pending | undefined)[],
  ): (RecordedEvent | Pending)[] {
    const matches: (RecordedEvent | Pending)[] = [];
    for (const [index, event] of request.events.entries()) {
      const match = isRepeat(request, index) ? matches[request.firstIndex?.[index] ?? -1] : known[index];
      matches.push(match ?? this.#store(event, request.hashes[index] ?? ''));
    }
    return matches;
  }

  #store(event: NewEvent, hash: string): Pending {
    const pending = this.#makePending(event, hash, this.events.length);
    this.events.push(event);
    this.pending.push(pending);
    return pending;
  }
}

/**
 * The answer to a planned request. `recorded` has for each of its events what the log has under that id after the group.
 * `stored` has the events that the request added to the log.
 */
export function appendedOf(
  { events, hashes, atomic }: AppendRequest,
  recorded: readonly RecordedEvent[],
  stored: readonly RecordedEvent[],
): Appended {
  const conflicts: Conflict[] = [];
  const receipts = recorded.map((known, index) => {
    const hash = hashes[index] ?? '';
    const event = events[index];
    if (known.hash === hash || !event) return receiptOf(known);
    const conflict = conflictOf(known, event, { index, hash });
    conflicts.push(conflict);
    return conflict;
  });
  if (atomic && conflicts.length > 0)
    return stored.length === 0
      ? { ok: false, conflicts }
      : { ok: false, conflicts, stored: stored.map((event) => receiptOf(event)) };
  const duplicates = events.length - stored.length - conflicts.length;
  return { ok: true, stored: stored.length, storedByType: countByType(stored), duplicates, receipts };
}

function countByType(events: readonly RecordedEvent[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { type } of events) counts.set(type, (counts.get(type) ?? 0) + 1);
  return Object.fromEntries(counts);
}

/** One text for both; the length keeps pairs with equal concatenations apart. */
const nameOf = ({ source, id }: NewEvent): string => `${source.length} ${source}${id}`;
