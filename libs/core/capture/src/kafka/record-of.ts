import { versionOf } from '@tributary/contracts';
import type { NewEvent, NewRecord } from '@tributary/event-log';
import { RECORD_TIME, SCHEMA_VERSION } from './record-headers.ts';

type Stamp = {
  /** Microseconds since 1970 at which our endpoint accepted the event. */
  readonly recordTime: number;
  /** W3C Trace Context of the request. */
  readonly traceparent?: string | undefined;
};

const CONTENT_TYPE = Buffer.from('application/cloudevents+json');
const SPECVERSION = Buffer.from('1.0');

/**
 * An event as our endpoint writes it to the topic: structured, with the bytes that are hashed as its value, and with the
 * attributes as headers for consumers that route by them. The caller chooses the partition by the key.
 */
export function recordOf(
  event: NewEvent,
  { recordTime, traceparent }: Stamp,
): Pick<NewRecord, 'key' | 'value' | 'headers'> {
  const headers: (readonly [string, Uint8Array])[] = [
    ['content-type', CONTENT_TYPE],
    ['ce_specversion', SPECVERSION],
    ['ce_id', Buffer.from(event.id)],
    ['ce_source', Buffer.from(event.source)],
    ['ce_type', Buffer.from(event.type)],
    [RECORD_TIME, Buffer.from(String(recordTime))],
  ];
  const schemaVersion = versionOf(event.type);
  if (schemaVersion !== undefined) headers.push([SCHEMA_VERSION, Buffer.from(schemaVersion)]);
  if (traceparent !== undefined) headers.push(['traceparent', Buffer.from(traceparent)]);
  return { key: Buffer.from(event.stream), value: event.bytes, headers };
}
