import { Decompress } from 'fzstd';

const MAGIC = 0xfd2fb528;
const SINGLE_SEGMENT = 0x20;

/** Decompresses up to `limit` bytes. Throws if the content or the window of the frame is larger. */
export function unzstd(bytes: Buffer, limit: number): Uint8Array {
  if (windowOf(bytes) > limit) throw new RangeError(`the zstd window is larger than ${limit} bytes`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Decompress((chunk) => {
    length += chunk.length;
    if (length > limit) throw new RangeError(`more than ${limit} bytes when decompressed`);
    chunks.push(chunk.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(chunks);
}

/** The window size: the memory that fzstd allocates for the frame, unchecked. RFC 8878, 3.1.1.1. */
function windowOf(bytes: Buffer): number {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== MAGIC) throw new Error('not a zstd frame');
  const flags = bytes.readUInt8(4);
  if ((flags & SINGLE_SEGMENT) !== 0) return contentOf(bytes, flags);
  const exponent = bytes.readUInt8(5) >> 3;
  const base = 2 ** (10 + exponent);
  return base + (base / 8) * (bytes.readUInt8(5) & 7);
}

function contentOf(bytes: Buffer, flags: number): number {
  const at = 5 + ([0, 1, 2, 4][flags & 3] ?? 0);
  switch (flags >> 6) {
    case 0:
      return bytes.readUInt8(at);
    case 1:
      return bytes.readUInt16LE(at) + 256;
    case 2:
      return bytes.readUInt32LE(at);
    default:
      return Number(bytes.readBigUInt64LE(at));
  }
}
