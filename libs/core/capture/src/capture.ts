import type { Appended, Conflict, NewEvent, Receipt } from '@tributary/event-log';
import type { Clock } from '@tributary/kernel';
import { latestTime } from './admit.ts';
import type { Actor } from './http/actor.ts';
import type { ValidatedEvent } from './validated-event.ts';
import { eventBytes, mostEvents, readEvents } from './read-events.ts';
import type { EventsBody } from './read-events.ts';
import { refusedConflict, refusedEvent } from './refused-event.ts';
import type { RefusedEvent } from './refused-event.ts';
import { isRedacted } from './is-redacted.ts';
import type { Rejection } from './rejection.ts';
import { settle } from './settle.ts';
import { appendForms } from './stored-form.ts';
import type { Store, StoredForm } from './stored-form.ts';

export type Captured =
  | {
      readonly outcome: 'captured';
      readonly stored: number;
      readonly duplicates: number;
      readonly storedByType: Readonly<Record<string, number>>;
      /** One for each event of the request, in order. */
      readonly items: readonly (Receipt | Conflict | Rejection)[];
      /** What was not stored of a request that is not atomic. */
      readonly refused: readonly RefusedEvent[];
    }
  | {
      readonly outcome: 'conflict';
      readonly conflicts: readonly Conflict[];
      /** What is in the log all the same; see `RefusedAppend`. */
      readonly stored: readonly Receipt[];
    }
  | {
      readonly outcome: 'rejected';
      readonly rejected: readonly Rejection[];
      readonly refused: readonly RefusedEvent[];
    }
  | { readonly outcome: 'too_many_events'; readonly limit: number }
  | { readonly outcome: 'not_a_batch' };

/** `by` is who sent the request, where callers are authenticated. */
type Request = EventsBody & { readonly atomic: boolean; readonly by?: Actor | undefined };

/**
 * Splits a request body into events and appends them. An atomic request with one invalid event stores nothing; otherwise
 * the valid events are stored and the others listed. Refusals are values; throws the faults of the log, of the blobs and
 * of the readers.
 */
export async function capture(store: Store, clock: Clock, request: Request): Promise<Captured> {
  const { atomic, by } = request;
  const circumstances = { latest: latestTime(clock()), by, limits: store.limits };
  const read = await readEvents(store.readers, { ...request, ...circumstances });
  if (read.outcome === 'not_a_batch') return { outcome: 'not_a_batch' };
  if (read.outcome === 'too_many_events')
    return { outcome: 'too_many_events', limit: mostEvents(circumstances) };
  const { forms, indices, rejected } = await settle(store, read.validated, circumstances);
  const bytesAt = sentBytes(request, read.validated);
  if (rejected.length > 0 && (atomic || forms.length === 0))
    return { outcome: 'rejected', rejected, refused: rejected.map((one) => refusedEvent(bytesAt, one)) };
  const appended = await appendValid(store, forms, atomic);
  if (!appended.ok) {
    const { conflicts, stored = [] } = appended;
    return { outcome: 'conflict', conflicts: reindexed(conflicts, indices), stored };
  }
  const { stored, duplicates, storedByType } = appended;
  const items: (Receipt | Conflict | Rejection)[] = [];
  for (const [at, receipt] of reindexed(appended.receipts, indices).entries())
    items[indices[at] ?? 0] = receipt;
  for (const rejection of rejected) items[rejection.index] = rejection;
  const positions = new Map(indices.map((index, at) => [index, at]));
  const storedAt = (index: number): NewEvent | undefined => forms[positions.get(index) ?? -1]?.event;
  const refused =
    stored + duplicates === items.length ? [] : await refusedOf(store, items, { bytesAt, storedAt });
  return { outcome: 'captured', stored, duplicates, storedByType, items, refused };
}

/** The bytes of an event as they were sent, by its index. Of those that are not refused they are looked for only now. */
function sentBytes(request: EventsBody, validated: readonly ValidatedEvent[]): (index: number) => Buffer {
  let sent: readonly Buffer[] | undefined;
  return (index) => {
    const one = validated[index];
    if (one && !one.ok) return one.raw.bytes;
    return (sent ??= eventBytes(request))[index] ?? Buffer.alloc(0);
  };
}

/** The log refuses a whole batch for one conflict. Where the request is not atomic, the other events are appended alone. */
async function appendValid(store: Store, forms: readonly StoredForm[], atomic: boolean): Promise<Appended> {
  const appended = await appendForms(store, forms, { atomic });
  if (appended.ok || atomic) return appended;
  const conflicts = new Map(appended.conflicts.map((conflict) => [conflict.index, conflict]));
  const indices = [...forms.keys()].filter((index) => !conflicts.has(index));
  const others = await appendForms(
    store,
    forms.filter((_, index) => !conflicts.has(index)),
    { atomic },
  );
  if (!others.ok) return others;
  const receipts: (Receipt | Conflict)[] = [];
  for (const [index, conflict] of conflicts) receipts[index] = conflict;
  for (const [at, receipt] of reindexed(others.receipts, indices).entries())
    receipts[indices[at] ?? 0] = receipt;
  return { ...others, receipts };
}

/** A conflict names the index in the request, not the one among the valid events. */
function reindexed<Item extends Receipt | Conflict>(
  items: readonly Item[],
  indices: readonly number[],
): Item[] {
  return items.map((item) =>
    'index' in item ? { ...item, index: indices[item.index] ?? item.index } : item,
  );
}

type Sent = {
  readonly bytesAt: (index: number) => Buffer;
  /** The event in the form in which it would have been stored. */
  readonly storedAt: (index: number) => NewEvent | undefined;
};

/** A conflict with an event that was redacted is no dead letter, because that would store its secret again. */
async function refusedOf(
  { log }: Store,
  items: readonly (Receipt | Conflict | Rejection)[],
  { bytesAt, storedAt }: Sent,
): Promise<RefusedEvent[]> {
  const refused: RefusedEvent[] = [];
  for (const item of items) {
    if ('code' in item) refused.push(refusedEvent(bytesAt, item));
    else if ('index' in item) {
      const [known, sent] = [await log.find(item.source, item.id), storedAt(item.index)];
      if (!known || !sent || !isRedacted(known.bytes, sent.bytes))
        refused.push(refusedConflict(bytesAt, item));
    }
  }
  return refused;
}
