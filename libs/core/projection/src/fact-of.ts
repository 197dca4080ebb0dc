import { referencedDigest, resolveData } from '@tributary/blobs';
import type { Blobs } from '@tributary/blobs';
import { checkEnvelope, checkFact, isFactType, majorIn, streamOf } from '@tributary/contracts';
import type { Fact, SchemaViolation } from '@tributary/contracts';
import type { RecordedEvent } from '@tributary/event-log';
import { lazyJsonInTurns } from '@tributary/json';
import { Fault, releaseMemory } from '@tributary/kernel';
import { requireKnown } from './newer-contract.ts';

/** Reads the blobs that events refer to. */
export type BlobReader = Pick<Blobs, 'read'> & {
  /**
   * Set where capture may not have validated the data: in a topic, a header says that our endpoint has, and every producer
   * can write that header.
   */
  readonly isUnchecked?: boolean;
};

/** A fact that may read from the bytes of a blob until `release` is called. */
export type ResolvedFact = { readonly fact: Fact; readonly release: () => void };

/**
 * The fact in an event: as capture parsed it, or parsed from the stored bytes. Data in a blob is read now, and has to be
 * released after the projection. Throws Fault `contract_newer`, `unreadable_event`, `blob_missing` or `blob_damaged`, and
 * `schema_violation` for unchecked data that its schema refuses.
 */
export function factOf(event: RecordedEvent, blobs?: BlobReader): Fact | Promise<ResolvedFact> {
  const isStated = event.schemaVersion !== undefined;
  if (!isStated && isFact(event.parsed) && 'data' in event.parsed) return event.parsed;
  const parsed = isStated ? (event.parsed ?? parse(event)) : parse(event);
  requireKnown(parsed, event);
  if (referencedDigest(parsed) !== undefined) return resolved(parsed, event, blobs);
  return isStated && blobs ? checked(verified(parsed, event), event, blobs) : verified(parsed, event);
}

function parse({ bytes, position }: RecordedEvent): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new Fault(
      'unreadable_event',
      `the event at ${position} is not JSON: the log is damaged, or another program wrote to it`,
      { cause },
    );
  }
}

async function resolved(parsed: unknown, event: RecordedEvent, blobs?: BlobReader): Promise<ResolvedFact> {
  if (!blobs)
    throw new Fault(
      'blob_missing',
      `the event at ${event.position} refers to a blob, and this projector was started without a folder of blobs`,
    );
  if (event.type !== LAZY_TYPE)
    return {
      fact: checked(verified(await resolveData(parsed, blobs), event), event, blobs),
      release: () => {},
    };
  const content = await blobs.read(referencedDigest(parsed) ?? '');
  if (!content)
    throw new Fault(
      'blob_missing',
      `blob ${referencedDigest(parsed)} with the data of the event at ${event.position} does not exist: restore the folder of blobs`,
    );
  const fact = verified({ ...Object(parsed), data: await lazyJsonInTurns(content) }, event);
  if (blobs.isUnchecked) checked(verified(await resolveData(parsed, blobs), event), event, blobs);
  return { fact, release: () => releaseMemory(content) };
}

/** Its lists may hold a hundred thousand datasets, which its projection reads one by one. */
const LAZY_TYPE = 'lineage.run.observed';

function verified(parsed: unknown, event: RecordedEvent): Fact {
  if (isFact(parsed)) return parsed;
  throw new Fault(
    'unreadable_event',
    `the event at ${event.position} is not a ${event.type} that this version reads`,
  );
}

function checked(fact: Fact, event: RecordedEvent, { isUnchecked = false }: BlobReader): Fact {
  const violation = isUnchecked ? violationOf(fact, event) : undefined;
  if (!violation) return fact;
  const { position } = event;
  throw new Fault(
    'schema_violation',
    `the event at ${position} has no data of ${fact.type}, so another producer wrote it: at ${violation.pointer || 'its key'}, ${violation.message}`,
  );
}

function violationOf(fact: Fact, { stream, schemaVersion }: RecordedEvent): SchemaViolation | undefined {
  const violation = checkFact(fact.type, fact.data, majorIn(fact.type, fact.dataschema));
  if (violation !== undefined || schemaVersion === undefined) return violation;
  const envelope = checkEnvelope(fact);
  if (!envelope.ok) return envelope.violation;
  const own = streamOf(fact.type, { ...fact.data });
  return own === stream ? undefined : { pointer: '', rule: 'stream', message: `its key must be ${own}` };
}

/** Events are validated before they are appended, so the type determines the data. */
const isFact = (event: unknown): event is Fact =>
  typeof event === 'object' && event !== null && 'type' in event && isFactType(String(event.type));
