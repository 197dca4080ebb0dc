import type { TopicRecord } from '@tributary/event-log';
import crc32c from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';
import { CODECS, decompress } from '../codec/decompress.ts';
import { ByteReader } from './byte-reader.ts';

/** A batch as one producer wrote it. */
export type RecordBatch = {
  /** The offset after the batch. */
  readonly next: number;
  readonly producer: number;
  readonly transactional: boolean;
  /** Marks the end of a transaction; its records are none of the log's. */
  readonly control: 'abort' | 'commit' | undefined;
  readonly records: readonly TopicRecord[];
};

/** Bytes before the length of a batch ends: base offset and length itself. */
export const BATCH_HEAD = 12;
const CRC_END = BATCH_HEAD + 9;
const MAGIC = 2;
const LOG_APPEND_TIME = 0x08;
const TRANSACTIONAL = 0x10;
const CONTROL = 0x20;
const ABORT = 0;
/** What a batch may hold when decompressed. Brokers refuse batches of more than some MB, compressed. */
const MAX_CONTENT = 64 * 1024 * 1024;

/** Reads a whole batch. Throws with the reason where it is damaged or cannot be decompressed. */
export function readBatch(bytes: Buffer, partition: number): RecordBatch {
  const reader = new ByteReader(bytes);
  const base = reader.int64();
  reader.bytes(8);
  const magic = reader.int8();
  if (magic !== MAGIC)
    throw new Error(`records in message format ${magic}, older than Kafka 0.11, are not read`);
  const expected = reader.uint32();
  const found = crc32c(bytes.subarray(CRC_END));
  if (found !== expected) {
    throw new Error(`checksum ${found.toString(16)} where the batch says ${expected.toString(16)}`);
  }
  const attributes = reader.int16();
  const next = base + reader.int32() + 1;
  const firstTime = reader.int64();
  const maxTime = reader.int64();
  const producer = reader.int64();
  reader.bytes(6);
  const count = reader.int32();
  const codec = CODECS[attributes & 7];
  if (codec === undefined) throw new Error(`compression ${attributes & 7} is not known`);
  const content = decompress(codec, reader.rest(), MAX_CONTENT);
  const time = (attributes & LOG_APPEND_TIME) === 0 ? undefined : maxTime;
  const records = readRecords(content, count, { partition, base, firstTime, time });
  const control = (attributes & CONTROL) === 0 ? undefined : markerOf(records);
  const transactional = (attributes & TRANSACTIONAL) !== 0;
  return { next, producer, transactional, control, records: control ? [] : records };
}

type BatchContext = {
  readonly partition: number;
  readonly base: number;
  readonly firstTime: number;
  /** Where the broker keeps the time. */
  readonly time: number | undefined;
};

function readRecords(content: Uint8Array, count: number, context: BatchContext): TopicRecord[] {
  const reader = new ByteReader(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  const records: TopicRecord[] = [];
  for (let at = 0; at < count; at += 1) records.push(readRecord(reader, context));
  return records;
}

function readRecord(reader: ByteReader, { partition, base, firstTime, time }: BatchContext): TopicRecord {
  reader.varint();
  reader.int8();
  const sinceFirst = reader.varint();
  const offset = base + reader.varint();
  const key = reader.varbytes();
  const value = reader.varbytes();
  const headers: (readonly [string, Uint8Array])[] = [];
  for (let left = reader.varint(); left > 0; left -= 1) {
    const name = (reader.varbytes() ?? EMPTY).toString();
    headers.push([name, reader.varbytes() ?? EMPTY]);
  }
  return { partition, offset, key, value, headers, timestamp: time ?? firstTime + sinceFirst };
}

const EMPTY = Buffer.alloc(0);

/** The key of a control record is a version and a type. */
function markerOf([record]: readonly TopicRecord[]): 'abort' | 'commit' {
  const key = record?.key;
  if (!key || key.byteLength < 4) throw new Error('a control batch without its marker');
  return Buffer.from(key).readInt16BE(2) === ABORT ? 'abort' : 'commit';
}
