import { isUtf8 } from 'node:buffer';
import type { TopicRecord } from '@tributary/event-log';
import { isSchemaVersion } from '@tributary/kernel';
import type { Attribute } from '../binary-mode.ts';

/** Microseconds since 1970 at which our endpoint accepted the event. Only our own ingest writes it; see `admitRecord`. */
export const RECORD_TIME = 'tributary-recordtime';

/**
 * The newest version of the type's schema (MAJOR.MINOR) in the process whose endpoint accepted the event. Only our own
 * ingest writes it; see `statedRecord`.
 */
export const SCHEMA_VERSION = 'tributary-schemaversion';

/** The headers of a record that matter here. */
export type RecordHeaders = {
  /** Empty where the record has none. */
  readonly contentType: string;
  /** Names without their prefix, and raw values. Only binary mode reads them. */
  readonly attributes: readonly (readonly [name: string, value: Uint8Array])[];
  /** The text of the header, unchecked. */
  readonly recordTime: string | undefined;
  /** Undefined where it is no version. */
  readonly schemaVersion: string | undefined;
};

const PREFIX = 'ce_';

/** Names are compared without case. The last of a repeated header counts, as in Kafka's own clients; attributes keep both. */
export function headersOf({ headers }: Pick<TopicRecord, 'headers'>): RecordHeaders {
  let contentType = '';
  let recordTime: string | undefined;
  let schemaVersion: string | undefined;
  const attributes: (readonly [string, Uint8Array])[] = [];
  for (const [rawName, value] of headers) {
    const name = rawName.toLowerCase();
    if (name.startsWith(PREFIX)) attributes.push([name.slice(PREFIX.length), value]);
    else if (name === 'content-type') contentType = textOf(value);
    else if (name === RECORD_TIME) recordTime = textOf(value);
    else if (name === SCHEMA_VERSION) schemaVersion = versionIn(textOf(value));
  }
  return { contentType, attributes, recordTime, schemaVersion };
}

const versionIn = (text: string): string | undefined => (isSchemaVersion(text) ? text : undefined);

/** Plain UTF-8, without the percent-encoding of HTTP (CloudEvents Kafka binding, 3.2.3.2). */
export const attributeOf = ([name, value]: RecordHeaders['attributes'][number]): Attribute =>
  isUtf8(value)
    ? [name, { text: textOf(value) }]
    : [name, { text: '', problem: 'the value of the header is not UTF-8' }];

const textOf = (value: Uint8Array): string => bufferOf(value).toString('utf8');

/** The same memory as a Buffer. */
export const bufferOf = (bytes: Uint8Array): Buffer =>
  Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
