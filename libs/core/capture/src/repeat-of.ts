import { createHash } from 'node:crypto';
import type { EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson, findFlaw, isJsonObject } from '@tributary/json';
import type { JsonObject } from '@tributary/json';
import type { RejectionCode } from './rejection.ts';
import type { RawEvent } from './split.ts';
import { MAX_INLINE_BYTES, referring } from './stored-form.ts';

/** What another version of the contract may judge differently. */
const CONTRACT_CODES: ReadonlySet<RejectionCode> = new Set([
  'unknown_type',
  'unknown_version',
  'schema_violation',
]);

/**
 * The stored event that a refused one repeats; undefined where the log has none with its source, id and content. Another
 * version of the contract accepted it: what was validated once is not judged again, and a retry gets the receipt of the
 * first attempt. Its type need not be known: an event is stored as it arrived or in canonical form, long data in a blob.
 */
export async function repeatOf(
  log: Pick<EventLog, 'find'>,
  { bytes }: RawEvent,
  code: RejectionCode,
): Promise<NewEvent | undefined> {
  if (!CONTRACT_CODES.has(code) || findFlaw(bytes)) return undefined;
  const event: unknown = JSON.parse(bytes.toString('utf8'));
  if (!isJsonObject(event)) return undefined;
  const found = await log.find(String(event['source']), String(event['id']));
  if (!found || !hasContent(found.hash, bytes, event)) return undefined;
  const { source, id, type, stream } = found;
  return { source, id, type, stream, bytes: found.bytes };
}

function hasContent(hash: string, bytes: Buffer, event: JsonObject): boolean {
  if (sha256(bytes) === hash) return true;
  const canonical = Buffer.from(canonicalJson(event));
  return sha256(canonical.length > MAX_INLINE_BYTES ? referring(event).bytes : canonical) === hash;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
