import { gzip } from 'node:zlib';
import { promisify } from 'node:util';
import type { NewRecord } from '@tributary/event-log';
import { largest } from '@tributary/kernel';
import crc32c from 'kafkajs/src/protocol/recordBatch/crc32C/index.js';

const gzipBytes = promisify(gzip);
const HEADER_BYTES = 61;
/** The first field after the checksum, which covers this field and all that follow. */
const ATTRIBUTES_AT = 21;
const COUNT_AT = 57;
const MAGIC = 2;
/** Upper bounds of the lengths, deltas and counts around a record and a header, in bytes. */
const MAX_RECORD_OVERHEAD = 40;
const MAX_HEADER_OVERHEAD = 10;

/**
 * Encodes a record batch in message format 2, without a producer id. Records without a timestamp get the time `now`
 * (milliseconds).
 */
export async function batchBytes(
  records: readonly NewRecord[],
  { compression, now }: { compression: 'none' | 'gzip'; now: number },
): Promise<Buffer> {
  const plain = new RecordWriter(records.reduce((size, record) => size + maxSizeOf(record), HEADER_BYTES));
  const times = records.map(({ timestamp = now }) => timestamp);
  const [base = now] = times;
  records.forEach((record, delta) => plain.record(record, delta, (times[delta] ?? base) - base));
  const bytes = compression === 'none' ? plain.written() : await gzipped(plain.written());
  bytes.writeBigInt64BE(0n, 0);
  bytes.writeInt32BE(bytes.length - 12, 8);
  bytes.writeInt32BE(-1, 12);
  bytes.writeInt8(MAGIC, 16);
  bytes.writeInt16BE(compression === 'none' ? 0 : 1, ATTRIBUTES_AT);
  bytes.writeInt32BE(records.length - 1, 23);
  bytes.writeBigInt64BE(BigInt(base), 27);
  bytes.writeBigInt64BE(BigInt(largest(times)), 35);
  bytes.writeBigInt64BE(-1n, 43);
  bytes.writeInt16BE(-1, 51);
  bytes.writeInt32BE(-1, 53);
  bytes.writeInt32BE(records.length, COUNT_AT);
  bytes.writeUInt32BE(crc32c(bytes.subarray(ATTRIBUTES_AT)), 17);
  return bytes;
}

const gzipped = async (bytes: Buffer): Promise<Buffer> =>
  Buffer.concat([bytes.subarray(0, HEADER_BYTES), await gzipBytes(bytes.subarray(HEADER_BYTES))]);

function maxSizeOf({ key, value, headers }: NewRecord): number {
  let size = MAX_RECORD_OVERHEAD + key.byteLength + value.byteLength;
  for (const [name, content] of headers) size += MAX_HEADER_OVERHEAD + name.length * 3 + content.byteLength;
  return size;
}

/** Writes records one after the other, after the header of the batch. */
class RecordWriter {
  readonly #bytes: Buffer;
  #at = HEADER_BYTES;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafe(capacity);
  }

  written(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  /** Leaves five bytes for the length of the record, and moves the record up when the size of its length is known. */
  record({ key, value, headers }: NewRecord, delta: number, timestampDelta: number): void {
    const start = this.#at;
    const body = start + 5;
    this.#at = body;
    this.#bytes[this.#at] = 0;
    this.#at += 1;
    this.#varlong(timestampDelta);
    this.#varint(delta);
    this.#content(key);
    this.#content(value);
    this.#varint(headers.length);
    for (const [name, content] of headers) {
      this.#content(Buffer.from(name));
      this.#content(content);
    }
    const end = this.#at;
    this.#at = start;
    this.#varint(end - body);
    this.#bytes.copyWithin(this.#at, body, end);
    this.#at += end - body;
  }

  #content(content: Uint8Array): void {
    this.#varint(content.byteLength);
    this.#bytes.set(content, this.#at);
    this.#at += content.byteLength;
  }

  /** Zigzag varint of a safe integer below 2^52. */
  #varlong(value: number): void {
    let left = value < 0 ? -2 * value - 1 : 2 * value;
    for (; left > 0x7f; left = Math.floor(left / 128)) {
      this.#bytes[this.#at] = (left % 128) | 0x80;
      this.#at += 1;
    }
    this.#bytes[this.#at] = left;
    this.#at += 1;
  }

  /** Zigzag varint of a number from 0 to 2^30 - 1. */
  #varint(value: number): void {
    let left = value * 2;
    while (left > 0x7f) {
      this.#bytes[this.#at] = (left & 0x7f) | 0x80;
      this.#at += 1;
      left >>>= 7;
    }
    this.#bytes[this.#at] = left;
    this.#at += 1;
  }
}
