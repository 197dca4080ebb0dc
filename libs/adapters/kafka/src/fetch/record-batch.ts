import type { TopicRecord } from '@tributary/event-log';
import crc32c from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
import { CODECS, decompress } from '../codec/decompress.ts';
import { ByteReader } from './byte-reader.ts';

/** A record batch. */
export type RecordBatch = {
  /** The offset after the batch. */
  readonly next: number;
  readonly producer: number;
  readonly transactional: boolean;
  /** Set for the marker at the end of a transaction, which carries no records of users. */
  readonly control: 'abort' | 'commit' | undefined;
  readonly records: readonly TopicRecord[];
  /** Bytes of its records when decompressed; 0 where they cannot be read. */
  readonly contentBytes: number;
};

/** Bytes of the base offset and the length, which the length does not include. */
export const BATCH_HEAD = 12;
const CRC_END = BATCH_HEAD + 9;
const MAGIC = 2;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const ABORT = 0;
/** The largest content of a batch when decompressed, in bytes. Brokers limit only its compressed size. */
const MAX_CONTENT = 64 * 1024 * 1024;
/** The most records and headers of a batch together: each of them takes some hundred bytes of memory. */
const MAX_ITEMS = 1_000_000;

/**
 * Decodes a batch. Throws an error with the reason if its checksum differs, which another fetch may mend. A batch with
 * the right checksum whose records cannot be decoded has one record in their place, which is `unreadable`.
 */
export function readBatch(bytes: Buffer, partition: number): RecordBatch {
  const reader = new ByteReader(bytes);
  const base = reader.int64();
  reader.bytes(8);
  const magic = reader.int8();
  if (magic !== MAGIC) throw new Error(`message format ${magic} is older than Kafka 0.11 and not supported`);
  const expected = reader.uint32();
  const found = crc32c(bytes.subarray(CRC_END));
  if (found !== expected) {
    throw new Error(`the checksum is ${found.toString(16)}, but the batch states ${expected.toString(16)}`);
  }
  const attributes = reader.int16();
  const last = base + reader.int32();
  const firstTime = reader.int64();
  const maxTime = reader.int64();
  const producer = reader.int64();
  reader.bytes(6);
  const count = reader.int32();
  const batch = { next: last + 1, producer, transactional: (attributes & TRANSACTIONAL) !== 0 };
  const time = (attributes & LOG_APPEND_TIME) === 0 ? undefined : maxTime;
  try {
    const content = contentOf(attributes, reader.rest());
    const records = readRecords(content, count, { partition, base, firstTime, time });
    const control = (attributes & CONTROL) === 0 ? undefined : markerOf(records);
    return { ...batch, control, records: control ? [] : records, contentBytes: content.length };
  } catch (error) {
    if ((attributes & CONTROL) !== 0 || isOutOfMemory(error)) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const unreadable = { first: base, bytes: Buffer.from(bytes), reason };
    const none = { key: null, value: null, headers: [], timestamp: maxTime };
    const record = { partition, offset: last, ...none, unreadable };
    return { ...batch, control: undefined, records: [record], contentBytes: 0 };
  }
}

function contentOf(attributes: number, bytes: Buffer): Uint8Array {
  const codec = CODECS[attributes & 7];
  if (codec === undefined) throw new Error(`compression codec ${attributes & 7} is unknown`);
  try {
    return decompress(codec, bytes, MAX_CONTENT);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')) throw error;
    throw new RangeError(`more than ${MAX_CONTENT} bytes when decompressed`, { cause: error });
  }
}

/** Memory may be free at the next attempt, so this says nothing about the batch. */
const isOutOfMemory = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'Z_MEM_ERROR') ||
    /allocation failed|out of memory/i.test(error.message));

type BatchContext = {
  readonly partition: number;
  readonly base: number;
  readonly firstTime: number;
  /** Set if the topic keeps the broker's time. */
  readonly time: number | undefined;
};

function readRecords(content: Uint8Array, count: number, context: BatchContext): TopicRecord[] {
  const reader = new ByteReader(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  const records: TopicRecord[] = [];
  let items = count;
  for (let at = 0; at < count; at += 1) {
    if (items > MAX_ITEMS) throw new RangeError(`more than ${MAX_ITEMS} records and headers`);
    const record = readRecord(reader, context, MAX_ITEMS - items);
    items += record.headers.length;
    records.push(record);
  }
  return records;
}

function readRecord(
  reader: ByteReader,
  { partition, base, firstTime, time }: BatchContext,
  maxHeaders: number,
): TopicRecord {
  reader.varint();
  reader.int8();
  const sinceFirst = reader.varint();
  const offset = base + reader.varint();
  const key = reader.varbytes();
  const value = reader.varbytes();
  const headers: (readonly [string, Uint8Array])[] = [];
  const headerCount = reader.varint();
  if (headerCount > maxHeaders) throw new RangeError(`more than ${MAX_ITEMS} records and headers`);
  for (let left = headerCount; left > 0; left -= 1) {
    const name = (reader.varbytes() ?? EMPTY).toString();
    headers.push([name, reader.varbytes() ?? EMPTY]);
  }
  return { partition, offset, key, value, headers, timestamp: time ?? firstTime + sinceFirst };
}

const EMPTY = Buffer.alloc(0);

/** The key of a control record is a version and a type. */
function markerOf([record]: readonly TopicRecord[]): 'abort' | 'commit' {
  const key = record?.key;
  if (!key || key.byteLength < 4) throw new Error('a control batch has no marker');
  return Buffer.from(key).readInt16BE(2) === ABORT ? 'abort' : 'commit';
}
