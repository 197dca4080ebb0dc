import { gzipSync } from 'node:zlib';
import { compress as lz4 } from 'lz4js';
import { compress as snappy } from 'snappyjs';
import { describe, expect, it } from 'vitest';
import { decompress, type Codec } from './decompress.ts';

const content = Buffer.from('the same words, '.repeat(500));
const LENGTH = content.length;

function xerial(bytes: Buffer): Buffer {
  const blocks = [bytes.subarray(0, 3000), bytes.subarray(3000)].map((block) => {
    const compressed = Buffer.from(snappy(block));
    const length = Buffer.alloc(4);
    length.writeInt32BE(compressed.length);
    return Buffer.concat([length, compressed]);
  });
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  return Buffer.concat([head, ...blocks]);
}

/** A frame with one RLE block. RFC 8878, block type 1, single segment, content size of four bytes. */
function zstdOf(byte: number, length: number): Buffer {
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0, 0, 0, 0, byte]);
  head.writeUInt32LE(length, 5);
  head.writeUIntLE((length << 3) | 2 | 1, 9, 3);
  return head;
}

const samples: [Codec, Buffer, Buffer][] = [
  ['gzip', gzipSync(content), content],
  ['snappy', Buffer.from(snappy(content)), content],
  ['snappy', xerial(content), content],
  ['lz4', Buffer.from(lz4(content)), content],
  ['zstd', zstdOf(97, 8000), Buffer.alloc(8000, 97)],
];

describe.each(samples)('%s', (codec, compressed, whole) => {
  it('decompresses to the content', () => {
    expect(Buffer.from(decompress(codec, compressed, LENGTH)).equals(whole)).toBe(true);
  });

  it('refuses content above the limit', () => {
    expect(() => decompress(codec, compressed, 4000)).toThrow(/./);
  });

  it('refuses bytes in another format', () => {
    expect(() => decompress(codec, Buffer.alloc(40, 0xee), LENGTH)).toThrow(/./);
  });
});

it('returns uncompressed bytes unchanged', () => {
  expect(decompress('none', content, 0)).toBe(content);
});

it('refuses a zstd frame whose window is larger than the limit', () => {
  const window = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x01, 0, 0]);
  expect(() => decompress('zstd', window, LENGTH)).toThrow(/window/);
});

it('refuses a later frame whose window is larger than the limit, also behind one that is skipped', () => {
  const window = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa0, 0x01, 0, 0]);
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 7, 7]);
  const frame = zstdOf(97, 100);
  expect(Buffer.from(decompress('zstd', Buffer.concat([frame, frame]), LENGTH))).toEqual(
    Buffer.alloc(200, 97),
  );
  for (const between of [[], [skippable]])
    expect(() => decompress('zstd', Buffer.concat([frame, ...between, window]), LENGTH)).toThrow(/window/);
});

it('refuses tiny blocks of a large window before they take long', () => {
  const limit = 64 * 1024 * 1024;
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x80]);
  for (const length of [0, 1, 1000]) {
    const block = Buffer.alloc(length === 0 ? 3 : 4);
    block.writeUIntLE((length << 3) | (length === 0 ? 0 : 2), 0, 3);
    const bytes = Buffer.concat([head, ...Array.from({ length: 250_000 }, () => block)]);
    expect(() => decompress('zstd', bytes, limit)).toThrow(/hardly any content/);
  }
});
