import type { Conflict, EventLog, NewEvent, Receipt } from '@tributary/event-log';
import type { Clock } from '@tributary/kernel';
import { admit, latestTime } from './admit.ts';
import type { Rejection } from './rejection.ts';
import { split } from './split.ts';
import type { Mode, Piece } from './split.ts';

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
    }
  | { readonly outcome: 'conflict'; readonly conflicts: readonly Conflict[] }
  | { readonly outcome: 'rejected'; readonly rejected: readonly Rejection[] }
  | { readonly outcome: 'too_many_events'; readonly limit: number }
  | { readonly outcome: 'not_a_batch' };

/**
 * Reads a request body and appends its events. An atomic request with one bad event stores nothing; otherwise
 * the good ones are stored and the bad ones listed.
 */
export async function capture(
  log: Pick<EventLog, 'append'>,
  clock: Clock,
  request: { body: Buffer; mode: Mode; atomic: boolean },
): Promise<Captured> {
  const pieces = split(request.body, request.mode);
  if (!pieces) return { outcome: 'not_a_batch' };
  if (pieces.length > MAX_BATCH_EVENTS) return { outcome: 'too_many_events', limit: MAX_BATCH_EVENTS };
  const { events, places, rejected } = judge(pieces, latestTime(clock()));
  if (rejected.length > 0 && (request.atomic || events.length === 0))
    return { outcome: 'rejected', rejected };
  const appended = await log.append(events, { atomic: request.atomic });
  if (!appended.ok) return { outcome: 'conflict', conflicts: placed(appended.conflicts, places) };
  const { stored, duplicates, storedByType } = appended;
  const items: (Receipt | Conflict | Rejection)[] = [];
  for (const [place, receipt] of placed(appended.receipts, places).entries())
    items[places[place] ?? 0] = receipt;
  for (const rejection of rejected) items[rejection.index] = rejection;
  return { outcome: 'captured', stored, duplicates, storedByType, items };
}

type Judged = { events: NewEvent[]; places: number[]; rejected: Rejection[] };

/** `places[i]` is where the i-th good event stands in the request. */
function judge(pieces: readonly Piece[], latest: string): Judged {
  const judged: Judged = { events: [], places: [], rejected: [] };
  pieces.forEach((piece, index) => {
    const admission = admit(piece, latest);
    if (!admission.ok) return judged.rejected.push({ index, ...admission.rejection });
    judged.places.push(index);
    return judged.events.push(admission.event);
  });
  return judged;
}

/** Conflicts name the place in the request, not the place among the good events. */
function placed<Item extends Receipt | Conflict>(items: readonly Item[], places: readonly number[]): Item[] {
  return items.map((item) => ('index' in item ? { ...item, index: places[item.index] ?? item.index } : item));
}
