import { referencedDigest } from '@tributary/blobs';
import type { Appended, Conflict, NewEvent, Receipt } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Clock } from '@tributary/kernel';
import { admit, latestTime, MAX_EVENT_BYTES } from './admit.ts';
import type { Admission } from './admit.ts';
import { appendFacts } from './claim-check.ts';
import type { Store } from './claim-check.ts';
import { refusedConflict, refusedEvent } from './refused-event.ts';
import type { RefusedEvent } from './refused-event.ts';
import type { Rejection } from './rejection.ts';
import { split } from './split.ts';
import type { Mode, RawEvent } from './split.ts';

/** Most events in one request. */
export const MAX_BATCH_EVENTS = 5_000;

export type Captured =
  | {
      readonly outcome: 'captured';
      readonly stored: number;
      readonly duplicates: number;
      readonly storedByType: Readonly<Record<string, number>>;
      /** One for each event of the request, in its order. */
      readonly items: readonly (Receipt | Conflict | Rejection)[];
      /** What was not stored of a request that need not be atomic. */
      readonly refused: readonly RefusedEvent[];
    }
  | { readonly outcome: 'conflict'; readonly conflicts: readonly Conflict[] }
  | {
      readonly outcome: 'rejected';
      readonly rejected: readonly Rejection[];
      readonly refused: readonly RefusedEvent[];
    }
  | { readonly outcome: 'too_many_events'; readonly limit: number }
  | { readonly outcome: 'not_a_batch' };

/**
 * Reads a request body and appends its events. An atomic request with one bad event stores nothing; otherwise
 * the good ones are stored and the bad ones listed.
 */
export async function capture(
  store: Store,
  clock: Clock,
  request: { body: Buffer; mode: Mode; atomic: boolean },
): Promise<Captured> {
  const pieces = split(request.body, request.mode);
  if (!pieces) return { outcome: 'not_a_batch' };
  if (pieces.length > MAX_BATCH_EVENTS) return { outcome: 'too_many_events', limit: MAX_BATCH_EVENTS };
  return captureEvents(store, clock, { pieces, atomic: request.atomic });
}

/** The same for events that have been told apart already. */
export async function captureEvents(
  store: Store,
  clock: Clock,
  { pieces, atomic }: { pieces: readonly RawEvent[]; atomic: boolean },
): Promise<Captured> {
  const { events, places, rejected } = await judge(store, pieces, latestTime(clock()));
  if (rejected.length > 0 && (atomic || events.length === 0))
    return { outcome: 'rejected', rejected, refused: rejected.map((one) => refusedEvent(pieces, one)) };
  const appended = await appendGood(store, events, atomic);
  if (!appended.ok) return { outcome: 'conflict', conflicts: placed(appended.conflicts, places) };
  const { stored, duplicates, storedByType } = appended;
  const items: (Receipt | Conflict | Rejection)[] = [];
  for (const [place, receipt] of placed(appended.receipts, places).entries())
    items[places[place] ?? 0] = receipt;
  for (const rejection of rejected) items[rejection.index] = rejection;
  const refused = stored + duplicates === items.length ? [] : refusedOf(items, pieces);
  return { outcome: 'captured', stored, duplicates, storedByType, items, refused };
}

type Judged = { events: NewEvent[]; places: number[]; rejected: Rejection[] };

/** `places[i]` is where the i-th good event stands in the request. */
async function judge(store: Store, pieces: readonly RawEvent[], latest: string): Promise<Judged> {
  const judged: Judged = { events: [], places: [], rejected: [] };
  for (const [index, piece] of pieces.entries()) {
    let admission = admit(piece, latest);
    if (lacksContent(admission)) admission = await admitWithContent(store, piece, latest);
    if (!admission.ok) judged.rejected.push({ index, ...admission.rejection });
    else {
      judged.places.push(index);
      judged.events.push(admission.event);
    }
  }
  return judged;
}

const lacksContent = (admission: Admission): boolean =>
  !admission.ok && admission.rejection.code === 'unknown_blob';

async function admitWithContent({ blobs }: Store, piece: RawEvent, latest: string): Promise<Admission> {
  const sha256 = referencedDigest(JSON.parse(piece.bytes.toString('utf8')));
  return admit(piece, latest, sha256 === undefined ? undefined : await contentOf(blobs, sha256));
}

/** What is damaged counts as absent: its sender mends it by putting it again. Of what is too large the beginning will do. */
async function contentOf(blobs: Store['blobs'], sha256: string): Promise<Buffer | undefined> {
  const stream = blobs.open(sha256);
  if (!stream) return undefined;
  const pieces: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const piece of stream) {
      pieces.push(Buffer.from(piece));
      bytes += pieces.at(-1)?.length ?? 0;
      if (bytes > MAX_EVENT_BYTES) break;
    }
    return Buffer.concat(pieces, bytes);
  } catch (error) {
    if (error instanceof Fault && error.code === 'blob_damaged') return undefined;
    throw error;
  }
}

/** Two contents under one id refuse a whole batch; where it need not be atomic, the first of them stands. */
async function appendGood(store: Store, events: readonly NewEvent[], atomic: boolean): Promise<Appended> {
  const appended = await appendFacts(store, events, { atomic });
  if (appended.ok || atomic) return appended;
  const rivals = new Map(appended.conflicts.map((conflict) => [conflict.index, conflict]));
  const places = [...events.keys()].filter((index) => !rivals.has(index));
  const others = await appendFacts(
    store,
    events.filter((_, index) => !rivals.has(index)),
    { atomic },
  );
  if (!others.ok) return others;
  const receipts: (Receipt | Conflict)[] = [];
  for (const [index, conflict] of rivals) receipts[index] = conflict;
  for (const [index, receipt] of placed(others.receipts, places).entries())
    receipts[places[index] ?? 0] = receipt;
  return { ...others, receipts };
}

/** Conflicts name the place in the request, not the place among the good events. */
function placed<Item extends Receipt | Conflict>(items: readonly Item[], places: readonly number[]): Item[] {
  return items.map((item) => ('index' in item ? { ...item, index: places[item.index] ?? item.index } : item));
}

function refusedOf(
  items: readonly (Receipt | Conflict | Rejection)[],
  pieces: readonly RawEvent[],
): RefusedEvent[] {
  return items.flatMap((item) => {
    if ('code' in item) return refusedEvent(pieces, item);
    return 'index' in item ? refusedConflict(pieces, item) : [];
  });
}
