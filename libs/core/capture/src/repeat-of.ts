import { createHash } from 'node:crypto';
import type { EventLog, NewEvent } from '@tributary/event-log';
import { canonicalJson, findFlaw, isJsonObject } from '@tributary/json';
import type { EventName, RejectionCode } from './rejection.ts';
import type { RawEvent } from './split.ts';
import { MAX_INLINE_BYTES, referring } from './stored-form.ts';
import type { StoredForm } from './stored-form.ts';

/** What another version of the contract may validate differently. */
const CONTRACT_CODES: ReadonlySet<RejectionCode> = new Set([
  'unknown_type',
  'unknown_version',
  'schema_violation',
]);

/** The source and id of an event that was refused, and the hashes under which the log may have its content. */
export type Repeat = EventName & { readonly hashes: readonly string[] };

/**
 * What a refused event may repeat: another version of the contract may have accepted it. Undefined where no version
 * could. Its type need not be known: an event is stored as it arrived or in canonical form, long data in a blob.
 */
export function repeatIn({ bytes }: RawEvent, code: RejectionCode): Repeat | undefined {
  if (!CONTRACT_CODES.has(code) || findFlaw(bytes)) return undefined;
  const event: unknown = JSON.parse(bytes.toString('utf8'));
  if (!isJsonObject(event)) return undefined;
  const canonical = Buffer.from(canonicalJson(event));
  const stored = canonical.length > MAX_INLINE_BYTES ? referring(event).bytes : canonical;
  return {
    source: String(event['source']),
    id: String(event['id']),
    hashes: [sha256(bytes), sha256(stored)],
  };
}

/** The same of an event in the form in which it would be stored. */
export const repeatOfForm = ({ event: { source, id, bytes } }: StoredForm): Repeat => ({
  source,
  id,
  hashes: [sha256(bytes)],
});

/**
 * The stored event that a refused one repeats; undefined where the log has none with its source, id and content. What was
 * validated once is not validated again, and a retry gets the receipt of the first attempt.
 */
export async function repeatOf(
  log: Pick<EventLog, 'find'>,
  { source, id, hashes }: Repeat,
): Promise<NewEvent | undefined> {
  const found = await log.find(source, id);
  if (!found || !hashes.includes(found.hash)) return undefined;
  const { type, stream, bytes } = found;
  return { source: found.source, id: found.id, type, stream, bytes };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
