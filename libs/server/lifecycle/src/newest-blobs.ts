import { digestReferencedIn } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import type { EventLog, RecordedEvent } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import {
  appendAll,
  Fault,
  formatEventPosition,
  parseEventPosition,
  parseLogPosition,
  partitionCount,
  partitionOf,
  partitionStart,
} from '@tributary/kernel';
import type { EventPosition, Position } from '@tributary/kernel';

/** Of all partitions together, so that a start takes as long after any history. */
const LOOKED_AT = { events: 10_000, bytes: 64 * 1024 * 1024 };
/** Events that are read at once, the newest first. */
const WINDOW = 100;
const READ_BYTES = 4 * 1024 * 1024;

type Log = Pick<EventLog, 'read' | 'head'>;
type Kept = Pick<Blobs, 'has' | 'removed'>;
type Reference = { readonly position: Position; readonly digest: string };

/**
 * Looks whether the data of the newest facts are in the folder of blobs, and returns a reader of the warning
 * `blobs_incomplete`, which is gone once they are put back. An older copy of the folder lacks the newest; one blob of long ago
 * that is lost is found by `tributary verify` alone. It is no refusal: the tables have what they were filled with, and blobs
 * can be put back at any time. A blob of which the disk does not say whether it is there counts as there. Each reading looks
 * at one blob that was away, and at those behind it only as they come back.
 */
export async function newestBlobs(log: Log, blobs: Kept): Promise<() => ReadinessCondition[]> {
  const absent = (await newestReferences(log)).filter((one) => isAbsent(one, blobs));
  return () => {
    const back = absent.findIndex((one) => isAbsent(one, blobs));
    absent.splice(0, back < 0 ? absent.length : back);
    const [first] = absent;
    return first ? [incomplete(first, absent.length)] : [];
  };
}

function isAbsent({ digest }: Reference, blobs: Kept): boolean {
  try {
    return !blobs.has(digest) && blobs.removed(digest) === undefined;
  } catch (fault) {
    if (fault instanceof Fault && fault.retryable) return false;
    throw fault;
  }
}

async function newestReferences(log: Log): Promise<Reference[]> {
  const head = log.head();
  const ends = parseLogPosition(head, partitionCount(head)) ?? [];
  const each = {
    events: Math.ceil(LOOKED_AT.events / ends.length),
    bytes: Math.ceil(LOOKED_AT.bytes / ends.length),
  };
  const references: Reference[] = [];
  for (const end of ends) appendAll(references, await newestOf(log, end, each));
  return references;
}

/** The references of the newest events of a partition. */
async function newestOf(log: Log, end: EventPosition, most: typeof LOOKED_AT): Promise<Reference[]> {
  const references: Reference[] = [];
  const first = Math.max(partitionStart(partitionOf(end)), end - most.events);
  let left = most.bytes;
  for (let to = end; to > first && left > 0; to -= WINDOW)
    for await (const events of eventsBetween(log, Math.max(first, to - WINDOW), to)) {
      left -= events.reduce((sum, { bytes }) => sum + bytes.length, 0);
      appendAll(references, events.flatMap(referenceOf));
    }
  return references;
}

async function* eventsBetween(
  log: Log,
  after: EventPosition,
  to: EventPosition,
): AsyncIterable<RecordedEvent[]> {
  for (let from = after; from < to;) {
    const range = { after: formatEventPosition(from), limit: to - from, maxBytes: READ_BYTES };
    const events = await log.read(range);
    const last = events.at(-1);
    if (!last) return;
    yield events;
    from = parseEventPosition(last.position);
  }
}

function referenceOf({ position, bytes, omitted }: RecordedEvent): Reference[] {
  const digest = omitted === undefined ? digestReferencedIn(bytes) : undefined;
  return digest === undefined ? [] : [{ position, digest }];
}

const incomplete = ({ position }: Reference, count: number): ReadinessCondition => ({
  code: 'blobs_incomplete',
  detail: `the data of up to ${count} of the newest facts, that at position ${position} among them, are not in the folder of blobs: an older copy of it was put back, or files in it were deleted. Answers have what the tables were filled with; what they hold of these facts has no other copy. Put the folder of the same time as the log back, or the files that are missing; \`verify\` lists all of them. Where there is no copy, this is said until 10,000 newer facts are there`,
});
