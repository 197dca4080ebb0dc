import { setImmediate as turn } from 'node:timers/promises';
import { referencedDigest } from '@tributary/blobs';
import type { Appended, Conflict, NewEvent, Receipt } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { admit, latestTime, MAX_EVENT_BYTES } from './admit.ts';
import type { Admission } from './admit.ts';
import type { Actor } from './http/actor.ts';
import { appendFacts } from './stored-form.ts';
import type { Store } from './stored-form.ts';
import { repeatOf } from './repeat-of.ts';
import { refusedConflict, refusedEvent } from './refused-event.ts';
import type { RefusedEvent } from './refused-event.ts';
import type { Rejection } from './rejection.ts';
import { split } from './split.ts';
import type { Mode, RawEvent } from './split.ts';

/** Events that are validated before other requests have their turn. */
const EVENTS_IN_A_TURN = 250;

/** Most events in one request. */
export const MAX_BATCH_EVENTS = 5_000;

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
type Request = { readonly atomic: boolean; readonly by?: Actor | undefined };

/**
 * Splits a request body into events and appends them. An atomic request with one invalid event stores nothing; otherwise
 * the valid events are stored and the others listed. Refusals are values; throws the faults of the log and of the blobs.
 */
export async function capture(
  store: Store,
  clock: Clock,
  { body, mode, ...request }: Request & { readonly body: Buffer; readonly mode: Mode },
): Promise<Captured> {
  const events = split(body, mode, MAX_BATCH_EVENTS);
  if (!events) return { outcome: 'not_a_batch' };
  if (events.length > MAX_BATCH_EVENTS) return { outcome: 'too_many_events', limit: MAX_BATCH_EVENTS };
  return captureEvents(store, clock, { events, ...request });
}

/** As `capture`, for events that are split already. */
export async function captureEvents(
  store: Store,
  clock: Clock,
  { events: raw, atomic, by }: Request & { readonly events: readonly RawEvent[] },
): Promise<Captured> {
  const { events, indices, rejected } = await validate(store, raw, { latest: latestTime(clock()), by });
  if (rejected.length > 0 && (atomic || events.length === 0))
    return { outcome: 'rejected', rejected, refused: rejected.map((one) => refusedEvent(raw, one)) };
  const appended = await appendValid(store, events, atomic);
  if (!appended.ok) {
    const { conflicts, stored = [] } = appended;
    return { outcome: 'conflict', conflicts: reindexed(conflicts, indices), stored };
  }
  const { stored, duplicates, storedByType } = appended;
  const items: (Receipt | Conflict | Rejection)[] = [];
  for (const [at, receipt] of reindexed(appended.receipts, indices).entries())
    items[indices[at] ?? 0] = receipt;
  for (const rejection of rejected) items[rejection.index] = rejection;
  const refused = stored + duplicates === items.length ? [] : refusedOf(items, raw);
  return { outcome: 'captured', stored, duplicates, storedByType, items, refused };
}

/** `indices[i]` is the index in the request of the i-th valid event. */
type Validated = { events: NewEvent[]; indices: number[]; rejected: Rejection[] };

type Circumstances = { readonly latest: string; readonly by: Actor | undefined };

async function validate(
  store: Store,
  raw: readonly RawEvent[],
  circumstances: Circumstances,
): Promise<Validated> {
  const validated: Validated = { events: [], indices: [], rejected: [] };
  for (const [index, event] of raw.entries()) {
    if (index > 0 && index % EVENTS_IN_A_TURN === 0) await turn();
    let admission = admit(event, circumstances.latest, circumstances);
    if (needsBlob(admission)) admission = await admitWithBlob(store, event, circumstances);
    const accepted = admission.ok
      ? admission.event
      : await repeatOf(store.log, event, admission.rejection.code);
    if (accepted) {
      validated.indices.push(index);
      validated.events.push(accepted);
    } else if (!admission.ok) validated.rejected.push({ index, ...admission.rejection });
  }
  return validated;
}

const needsBlob = (admission: Admission): boolean =>
  !admission.ok && admission.rejection.code === 'unknown_blob';

async function admitWithBlob(
  { blobs }: Store,
  raw: RawEvent,
  { latest, by }: Circumstances,
): Promise<Admission> {
  const sha256 = referencedDigest(JSON.parse(raw.bytes.toString('utf8')));
  const content = sha256 === undefined ? undefined : await contentOf(blobs, sha256);
  return admit(raw, latest, { content, by });
}

/**
 * A damaged blob counts as absent, because its sender repairs it by sending it again. Reading stops where the blob is
 * larger than an event may be.
 */
async function contentOf(blobs: Store['blobs'], sha256: string): Promise<Buffer | undefined> {
  const stream = blobs.open(sha256);
  if (!stream) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      const buffer = Buffer.from(chunk);
      chunks.push(buffer);
      bytes += buffer.length;
      if (bytes > MAX_EVENT_BYTES) break;
    }
    return Buffer.concat(chunks, bytes);
  } catch (error) {
    if (error instanceof Fault && error.code === 'blob_damaged') return undefined;
    throw error;
  }
}

/** The log refuses a whole batch for one conflict. Where the request is not atomic, the other events are appended alone. */
async function appendValid(store: Store, events: readonly NewEvent[], atomic: boolean): Promise<Appended> {
  const appended = await appendFacts(store, events, { atomic });
  if (appended.ok || atomic) return appended;
  const conflicts = new Map(appended.conflicts.map((conflict) => [conflict.index, conflict]));
  const indices = [...events.keys()].filter((index) => !conflicts.has(index));
  const others = await appendFacts(
    store,
    events.filter((_, index) => !conflicts.has(index)),
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

function refusedOf(
  items: readonly (Receipt | Conflict | Rejection)[],
  raw: readonly RawEvent[],
): RefusedEvent[] {
  return items.flatMap((item) => {
    if ('code' in item) return refusedEvent(raw, item);
    return 'index' in item ? refusedConflict(raw, item) : [];
  });
}
