import { isUtf8 } from 'node:buffer';
import { parseNumeric } from '@tributary/json';
import type { NewEvent, TopicRecord } from '@tributary/event-log';
import { bufferOf } from './record-headers.ts';
import { refusal } from './refused-record.ts';
import type { RefusalReason } from './refused-record.ts';

export type StatedRecord =
  { readonly ok: true; readonly event: NewEvent } | { readonly ok: false; readonly reason: RefusalReason };

/**
 * The event of a record whose headers say which version of the contract accepted it. It was validated once and is not
 * validated again: readers of every version, whether or not they have its type, get the same id and the same bytes, so a
 * repeat is a repeat for all of them. Whether its data can be read is for the projector to say. This rule must not
 * change: it refuses what cannot be an event of any version. Any producer can write the headers, so the stream is the
 * key, and nothing else in the record is believed.
 */
export function statedRecord({ key, value }: TopicRecord, schemaVersion: string): StatedRecord {
  const bytes = bufferOf(value ?? new Uint8Array());
  const parsed = isUtf8(bytes) ? parse(bytes) : undefined;
  const { source, id, type }: { source?: unknown; id?: unknown; type?: unknown } = Object(parsed);
  if (!isName(source) || !isName(id) || !isName(type))
    return refused('not_an_event', 'the value is no JSON object with an id, a source and a type');
  if (key === null || !isUtf8(key))
    return refused('no_key', 'the record has no key; it must be the stream of the event');
  const stream = bufferOf(key).toString('utf8');
  return { ok: true, event: { source, id, type, stream, bytes, parsed, schemaVersion } };
}

function parse(bytes: Buffer): unknown {
  try {
    return parseNumeric(bytes)?.value ?? JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A lone surrogate has no UTF-8 form, so it cannot be compared with other ids. */
const isName = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.isWellFormed();

const refused = (code: 'not_an_event' | 'no_key', message: string): StatedRecord => ({
  ok: false,
  reason: refusal(code, message),
});
