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

/** Decodes a batch. Throws an error with the reason if it is corrupted or cannot be decompressed. */
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
  const next = base + reader.int32() + 1;
  const firstTime = reader.int64();
  const maxTime = reader.int64();
  const producer = reader.int64();
  reader.bytes(6);
  const count = reader.int32();
  const codec = CODECS[attributes & 7];
  if (codec === undefined) throw new Error(`compression codec ${attributes & 7} is unknown`);
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
  /** Set if the topic keeps the broker's time. */
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
  if (!key || key.byteLength < 4) throw new Error('a control batch has no marker');
  return Buffer.from(key).readInt16BE(2) === ABORT ? 'abort' : 'commit';
}
