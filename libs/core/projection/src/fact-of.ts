import { referencedDigest, resolveData } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { isFactType } from '@tributary/contracts';
import type { Fact } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { lazyJson } from '@tributary/json';
import { Fault, releaseMemory } from '@tributary/kernel';

/** Reads blobs that events lay claim to. */
export type BlobReader = Pick<Blobs, 'read'>;

/** A fact that may lie over the bytes of a blob until they are let go of. */
export type ResolvedFact = { readonly fact: Fact; readonly release: () => void };

/**
 * The fact in an event: as capture parsed it, or parsed again from the stored bytes. Data in a blob is read when its
 * event is projected, and to be let go of afterwards. Throws Fault `unreadable_event`, `blob_missing` or `blob_damaged`.
 */
export function factOf(event: RecordedEvent, blobs?: BlobReader): Fact | Promise<ResolvedFact> {
  if (isFact(event.parsed) && 'data' in event.parsed) return event.parsed;
  const parsed = parse(event);
  return referencedDigest(parsed) === undefined ? verified(parsed, event) : resolved(parsed, event, blobs);
}

function parse({ bytes, position }: RecordedEvent): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new Fault('unreadable_event', `the event at ${position} is no JSON`, { cause });
  }
}

async function resolved(parsed: unknown, event: RecordedEvent, blobs?: BlobReader): Promise<ResolvedFact> {
  if (!blobs)
    throw new Fault('blob_missing', `nothing reads the blob that the event at ${event.position} needs`);
  if (event.type !== SPARING)
    return { fact: verified(await resolveData(parsed, blobs), event), release: () => {} };
  const content = await blobs.read(referencedDigest(parsed) ?? '');
  if (!content)
    throw new Fault('blob_missing', `the blob that the event at ${event.position} needs is not there`);
  const fact = verified({ ...Object(parsed), data: lazyJson(content) }, event);
  return { fact, release: () => releaseMemory(content) };
}

/** Its lists may hold a hundred thousand datasets; its projection goes through them one by one. */
const SPARING = 'lineage.run.observed';

function verified(parsed: unknown, event: RecordedEvent): Fact {
  if (isFact(parsed)) return parsed;
  throw new Fault(
    'unreadable_event',
    `the event at ${event.position} is no ${event.type} that this version reads`,
  );
}

/** Events pass their schema at the door, so the type vouches for the data. */
const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event && isFactType(String(event.type));
