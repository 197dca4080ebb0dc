import { gunzipSync } from 'node:zlib';
import { decompressBound, decompressFrame } from 'lz4js';
import { uncompress } from 'snappyjs';
import { unzstd } from './zstd.ts';

/** The codes of Kafka's record batches. */
export const CODECS = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
export type Codec = (typeof CODECS)[number];

/** `\x82SNAPPY\0`, the magic of snappy-java: blocks of snappy, each preceded by its length. */
const XERIAL = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const XERIAL_HEAD = 16;
const LZ4_BLOCK_CHECKSUMS = 0x10;

/** Decompresses up to `limit` bytes. Throws if the content is corrupted or longer. */
export function decompress(codec: Codec, bytes: Buffer, limit: number): Uint8Array {
  switch (codec) {
    case 'none':
      return bytes;
    case 'gzip':
      return gunzipSync(bytes, { maxOutputLength: limit });
    case 'snappy':
      return unsnappy(bytes, limit);
    case 'lz4':
      return unlz4(bytes, limit);
    case 'zstd':
      return unzstd(bytes, limit);
  }
}

function unsnappy(bytes: Buffer, limit: number): Uint8Array {
  if (!bytes.subarray(0, XERIAL.length).equals(XERIAL)) return uncompress(bytes, limit);
  const blocks: Uint8Array[] = [];
  let left = limit;
  for (let at = XERIAL_HEAD; at < bytes.length;) {
    const length = bytes.readInt32BE(at);
    const block = uncompress(bytes.subarray(at + 4, at + 4 + length), left);
    blocks.push(block);
    left -= block.length;
    at += 4 + length;
  }
  return Buffer.concat(blocks);
}

function unlz4(bytes: Buffer, limit: number): Uint8Array {
  // lz4js reads these checksums before a block instead of after it. Kafka's clients do not write them.
  if (((bytes[4] ?? 0) & LZ4_BLOCK_CHECKSUMS) !== 0)
    throw new Error('lz4 frames with block checksums are not supported');
  const content = new Uint8Array(Math.min(decompressBound(bytes), limit));
  const length = decompressFrame(bytes, content);
  if (length > content.length) throw new RangeError(`more than ${limit} bytes when decompressed`);
  return content.subarray(0, length);
}
