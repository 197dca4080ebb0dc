import { isUtf8 } from 'node:buffer';
import { referencedDigest } from '@tributary/blobs';
import { checkEnvelope } from '@tributary/contracts';
import type { NewEvent, TopicRecord } from '@tributary/event-log';
import { admit, latestTime } from '../admit.ts';
import type { RawEvent } from '../split.ts';
import { storedForm } from './long-fact.ts';
import type { StoredForm } from './long-fact.ts';
import { bufferOf, headersOf } from './record-headers.ts';
import { eventIn } from './record-event.ts';
import { timeOf } from './record-time.ts';
import { refusal, refusalOf } from './refused-record.ts';
import type { RefusalReason, RefusedRecord } from './refused-record.ts';

/** An event of the log. Where `content` is there, it must lie in the blobs before the event counts. */
export type AdmittedRecord = StoredForm & { readonly ok: true };

const STRUCTURED = 'application/cloudevents+json';

/**
 * Judges a record of the events topic as HTTP judges a request with one event, whoever wrote it: structured, or in the
 * binary mode of CloudEvents' Kafka binding. Reads no clock, so that every reader at any time judges it alike.
 *
 * A fact whose data lie in a blob was checked at our door where the record says when we took it. Of another producer's
 * record the content decides: it is refused with `unknown_blob` and `wants`; judge it again with those bytes as
 * `content`. What still is `unknown_blob` without a blob in the store is refused for good.
 */
export function admitRecord(record: TopicRecord, content?: Buffer): AdmittedRecord | RefusedRecord {
  const headers = headersOf(record);
  const value = record.value === null ? Buffer.alloc(0) : bufferOf(record.value);
  const contentType = headers.contentType || 'application/octet-stream';
  const refuse = (why: RefusalReason): RefusedRecord => ({ ok: false, ...why, bytes: value, contentType });
  if (record.value === null) return refuse(noValue);
  const time = timeOf(record.timestamp, headers.recordTime);
  if (!time.ok) return refuse(time.cause);
  const bound = eventIn(value, headers);
  if (!bound.ok) return refuse(bound.cause);
  const { event } = bound;
  const { recordTime, now } = time;
  const isOurs = headers.recordTime !== undefined;
  const judged = judge(event, { latest: latestTime(now), key: record.key, isOurs, content });
  if (judged.ok) return { ...judged, event: { ...judged.event, recordTime } };
  return { ...judged, bytes: event.bytes, contentType: event.bytes === value ? contentType : STRUCTURED };
}

const noValue = refusal(
  'no_value',
  'the record has no value; the log deletes nothing, a correction is a new fact',
);

type Circumstances = {
  readonly latest: string;
  readonly key: Uint8Array | null;
  /** Whether our door has taken it before. */
  readonly isOurs: boolean;
  readonly content: Buffer | undefined;
};

type Judged = AdmittedRecord | Omit<RefusedRecord, 'bytes' | 'contentType'>;

function judge(piece: RawEvent, { latest, key, isOurs, content }: Circumstances): Judged {
  const admission = admit(piece, latest, content);
  if (admission.ok) {
    const misplaced = misplacedKey(key, admission.event.stream);
    return misplaced ? { ok: false, ...misplaced } : { ok: true, ...storedForm(admission.event) };
  }
  const { rejection } = admission;
  if (rejection.code !== 'unknown_blob') return { ok: false, ...refusalOf(rejection) };
  if (isOurs && key) return { ok: true, event: claimTaken(piece.bytes, bufferOf(key).toString('utf8')) };
  const wants =
    content === undefined ? referencedDigest(JSON.parse(piece.bytes.toString('utf8'))) : undefined;
  return { ok: false, ...refusalOf(rejection), ...(wants === undefined ? {} : { neededBlob: wants }) };
}

/** An event that claims a blob, as our door wrote it: the key says the stream, which only its data could tell else. */
function claimTaken(bytes: Buffer, stream: string): NewEvent {
  const checked = checkEnvelope(JSON.parse(bytes.toString('utf8')));
  const { source, id, type } = checked.ok ? checked.envelope : { source: '', id: '', type: '' };
  return { source, id, type, stream, bytes };
}

function misplacedKey(key: Uint8Array | null, stream: string): RefusalReason | undefined {
  const must = `it must be the stream of the event, ${stream}, and choose the partition by Kafka's default partitioner (murmur2)`;
  if (key === null) return refusal('no_key', `the record has no key; ${must}`);
  const text = bufferOf(key).toString('utf8');
  if (text === stream && isUtf8(key)) return undefined;
  return {
    ...refusal('wrong_key', `the record has another key; ${must}`),
    value: JSON.stringify(text.slice(0, 200)),
  };
}
