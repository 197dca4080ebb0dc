import { isUtf8 } from 'node:buffer';
import { referencedDigest } from '@tributary/blobs';
import { checkEnvelope } from '@tributary/contracts';
import type { NewEvent, TopicRecord } from '@tributary/event-log';
import { admit, latestTime } from '../admit.ts';
import { CONTENT_LIMITS } from '../http/content-limits.ts';
import { storedForm } from '../stored-form.ts';
import type { StoredForm } from '../stored-form.ts';
import type { RawEvent } from '../split.ts';
import { eventIn } from './record-event.ts';
import { bufferOf, headersOf } from './record-headers.ts';
import { timeOf } from './record-time.ts';
import { statedRecord } from './stated-record.ts';
import { refusal, refusalOf } from './refused-record.ts';
import type { RefusalReason, RefusedRecord } from './refused-record.ts';

/** An event of the log. `content`, where present, must be in the blobs before the event counts. */
export type AdmittedRecord = StoredForm & { readonly ok: true };

const STRUCTURED = 'application/cloudevents+json';

/**
 * Validates a record of the events topic as HTTP validates a request with one event, whoever wrote it: structured, or in
 * the binary mode of CloudEvents' Kafka binding. Reads no clock, so that every reader at any time decides alike.
 *
 * Where its headers say by which version of the contract our endpoint accepted it, it is not validated again: see
 * `statedRecord`. Where they only say that our endpoint accepted it, as earlier versions wrote, a reference to a blob was
 * checked then. In a record of another
 * producer the content of the blob decides: it is refused with `unknown_blob` and `neededBlob`, and the caller validates
 * it again with those bytes as `content`. A record whose blob is not stored stays refused.
 */
export function admitRecord(record: TopicRecord, content?: Buffer): AdmittedRecord | RefusedRecord {
  const headers = headersOf(record);
  const value = record.value === null ? Buffer.alloc(0) : bufferOf(record.value);
  const contentType = headers.contentType || 'application/octet-stream';
  const refuse = (reason: RefusalReason): RefusedRecord => ({
    ok: false,
    ...reason,
    bytes: value,
    contentType,
  });
  if (record.value === null) return refuse(noValue);
  const time = timeOf(record.timestamp, headers.recordTime);
  if (!time.ok) return refuse(time.reason);
  const { schemaVersion } = headers;
  if (schemaVersion !== undefined && headers.recordTime !== undefined) {
    const stated = statedRecord(record, schemaVersion);
    return stated.ok
      ? { ok: true, event: { ...stated.event, recordTime: time.recordTime } }
      : refuse(stated.reason);
  }
  const bound = eventIn(value, headers);
  if (!bound.ok) return refuse(bound.reason);
  const { event } = bound;
  const { recordTime, now } = time;
  const isStamped = headers.recordTime !== undefined;
  const validated = validate(event, { latest: latestTime(now), key: record.key, isStamped, content });
  if (validated.ok) return { ...validated, event: { ...validated.event, recordTime } };
  return { ...validated, bytes: event.bytes, contentType: event.bytes === value ? contentType : STRUCTURED };
}

const noValue = refusal(
  'no_value',
  'the record has no value; the log deletes nothing, a correction is a new fact',
);

type Circumstances = {
  readonly latest: string;
  readonly key: Uint8Array | null;
  /** Whether our endpoint has accepted the event before. */
  readonly isStamped: boolean;
  readonly content: Buffer | undefined;
};

/**
 * The same for every process at any time, whatever it is configured with. Earlier versions accepted objects with any number
 * of members, and their records are validated here again.
 */
const RECORD_LIMITS = { ...CONTENT_LIMITS, eventKeys: Infinity };

type Validated = AdmittedRecord | Omit<RefusedRecord, 'bytes' | 'contentType'>;

function validate(raw: RawEvent, { latest, key, isStamped, content }: Circumstances): Validated {
  const admission = admit(raw, latest, { content, limits: RECORD_LIMITS });
  if (admission.ok) {
    const wrongKey = wrongKeyIn(key, admission.event.stream);
    return wrongKey ? { ok: false, ...wrongKey } : { ok: true, ...storedForm(admission.event) };
  }
  const { rejection } = admission;
  if (rejection.code !== 'unknown_blob') return { ok: false, ...refusalOf(rejection) };
  if (isStamped && key) return { ok: true, event: referringEvent(raw.bytes, bufferOf(key).toString('utf8')) };
  const neededBlob =
    content === undefined ? referencedDigest(JSON.parse(raw.bytes.toString('utf8'))) : undefined;
  return { ok: false, ...refusalOf(rejection), ...(neededBlob === undefined ? {} : { neededBlob }) };
}

/** An event with a reference that our endpoint checked. Only its data would tell the stream, so the key does. */
function referringEvent(bytes: Buffer, stream: string): NewEvent {
  const checked = checkEnvelope(JSON.parse(bytes.toString('utf8')));
  const { source, id, type } = checked.ok ? checked.envelope : { source: '', id: '', type: '' };
  return { source, id, type, stream, bytes };
}

function wrongKeyIn(key: Uint8Array | null, stream: string): RefusalReason | undefined {
  const must = `it must be the stream of the event, ${stream}, and choose the partition by Kafka's default partitioner (murmur2)`;
  if (key === null) return refusal('no_key', `the record has no key; ${must}`);
  const text = bufferOf(key).toString('utf8');
  if (text === stream && isUtf8(key)) return undefined;
  return {
    ...refusal('wrong_key', `the record has another key; ${must}`),
    value: JSON.stringify(text.slice(0, 200)),
  };
}
