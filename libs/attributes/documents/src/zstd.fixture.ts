/** A zstd frame of stored blocks: what a compressor writes for what it cannot shorten. */
export function storedZstd(content: Uint8Array, blockBytes = 1000): Buffer {
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const blocks = Array.from({ length: Math.max(1, Math.ceil(content.length / blockBytes)) }, (_none, at) => {
    const block = content.subarray(at * blockBytes, (at + 1) * blockBytes);
    const isLast = (at + 1) * blockBytes >= content.length;
    return Buffer.concat([blockHeader(block.length, 0, isLast), block]);
  });
  return Buffer.concat([HEADER, size, ...blocks]);
}

/** A frame in which each block of four bytes stands for 128 KiB of spaces. */
export function bombZstd(blocks: number): Buffer {
  const repeated = Buffer.concat([blockHeader(128 * 1024, 1, false), Buffer.from(' ')]);
  const window = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58]);
  return Buffer.concat([window, ...Array.from({ length: blocks }, () => repeated)]);
}

/** 40 rows, compressed by zstd 1.5 with a checksum of their content. */
export const CHECKED_ZSTD = Buffer.from(
  'KLUv/QRo1QIAkoUPELDrJ1UghwFM08SmyFGOdCUgJvq5eTn5+O/34sjHxsXEw7ddC6OempaSjr5uK4qOKWTcBTFFcItlyvZUSxgnqBEA9f0z8OUQ' +
    'fkToB/3/u7bVqlZIIFUBdLGXEg==',
  'base64',
);

/** Magic number, and a descriptor: single segment, with four bytes of content size. */
const HEADER = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0]);

function blockHeader(size: number, type: number, isLast: boolean): Buffer {
  const header = Buffer.alloc(3);
  header.writeUIntLE((size << 3) | (type << 1) | Number(isLast), 0, 3);
  return header;
}
