import { createHash } from 'node:crypto';
import { isConflict } from '@tributary/event-log';
import type { Appended, Conflict, NewEvent, Receipt, RecordedEvent } from '@tributary/event-log';

/**
 * What a client was told about a request: the outcome; that nothing was stored; or nothing that it could rely on, because
 * the process died or failed meanwhile.
 */
export type Outcome = Appended | 'nothing stored' | 'unknown';

/** One request of a client, sent once. A retry is another attempt with the same events. */
export type Attempt = {
  readonly events: readonly NewEvent[];
  readonly outcome: Outcome;
  /** Whether the log was copied since, so that its receipts name positions of another one. */
  readonly isMoved?: boolean;
};

/** Each way in which the stored events break what clients were told. Empty where they keep it. */
export function brokenPromises(attempts: readonly Attempt[], records: readonly RecordedEvent[]): string[] {
  const stored = new Map(records.map((record) => [nameOf(record), record]));
  const allowed = new Set(attempts.flatMap((attempt) => mayBeStored(attempt).map(contentOf)));
  return [
    ...repeatsIn(records),
    ...gapsIn(records),
    ...attempts.flatMap((attempt) => untrue(attempt, stored)),
    ...records
      .filter((record) => !allowed.has(contentOf(record)))
      .map(({ id }) => `${id} is stored, and was refused or never sent`),
  ];
}

const hashes = new WeakMap<Uint8Array, string>();

const nameOf = ({ source, id }: Pick<NewEvent, 'source' | 'id'>): string => `${source} ${id}`;
const contentOf = (event: NewEvent): string => `${nameOf(event)} ${hashOf(event.bytes)}`;

function hashOf(bytes: Uint8Array): string {
  const hash = hashes.get(bytes) ?? createHash('sha256').update(bytes).digest('hex');
  hashes.set(bytes, hash);
  return hash;
}

function mayBeStored({ events, outcome }: Attempt): readonly NewEvent[] {
  if (outcome === 'unknown') return events;
  if (outcome === 'nothing stored') return [];
  if (outcome.ok) return events.filter((_event, index) => !isConflict(outcome.receipts[index] ?? NO_RECEIPT));
  const listed = new Set((outcome.stored ?? []).map(({ source, id, hash }) => `${source} ${id} ${hash}`));
  return events.filter((event) => listed.has(contentOf(event)));
}

/** Of an answer with fewer receipts than events, which is untrue. */
const NO_RECEIPT = { knownHash: '', offeredHash: '', index: 0, source: '', id: '' };

function repeatsIn(records: readonly RecordedEvent[]): string[] {
  const seen = new Set<string>();
  return records.flatMap((record) => {
    const isRepeat = seen.has(nameOf(record));
    seen.add(nameOf(record));
    return isRepeat ? [`${record.id} is stored twice`] : [];
  });
}

function gapsIn(records: readonly RecordedEvent[]): string[] {
  const lengths = new Map<string, number>();
  return records.flatMap(({ id, stream, streamSequence }) => {
    const expected = (lengths.get(stream) ?? 0) + 1;
    lengths.set(stream, streamSequence);
    return streamSequence === expected
      ? []
      : [`${id} is number ${streamSequence} of ${stream}, not ${expected}`];
  });
}

/** A conflict is about the same id with another content. */
const isAbout = (receipt: Receipt | Conflict, event: NewEvent | undefined): boolean =>
  event !== undefined &&
  nameOf(receipt) === nameOf(event) &&
  hashOf(event.bytes) === (isConflict(receipt) ? receipt.offeredHash : receipt.hash);

function untrue({ events, outcome, isMoved }: Attempt, stored: ReadonlyMap<string, RecordedEvent>): string[] {
  if (typeof outcome === 'string') return [];
  if (outcome.ok && !outcome.receipts.every((receipt, index) => isAbout(receipt, events[index])))
    return [`a request has receipts that are not of its events, the first of which is ${events[0]?.id}`];
  const receipts = outcome.ok ? outcome.receipts : [...outcome.conflicts, ...(outcome.stored ?? [])];
  return receipts.flatMap((receipt) => {
    const record = stored.get(nameOf(receipt));
    if (isConflict(receipt))
      return receipt.position === undefined || (record && record.hash !== receipt.offeredHash)
        ? []
        : [`${receipt.id} was called a conflict and is none`];
    if (record?.hash !== receipt.hash) return [`${receipt.id} was acknowledged and is lost`];
    const isAtPosition = isMoved || record.position === receipt.position;
    return isAtPosition && record.streamSequence === receipt.streamSequence
      ? []
      : [`${receipt.id} is not where its receipt says`];
  });
}
