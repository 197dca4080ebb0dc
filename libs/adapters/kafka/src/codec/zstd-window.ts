const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;
const SINGLE_SEGMENT = 0x20;
const CHECKSUM = 0x04;
const RLE = 1;

/** Where a frame header ends, and the memory that fzstd allocates for the frame, unchecked. RFC 8878, 3.1.1.1. */
type Header = { readonly end: number; readonly window: number; readonly hasChecksum: boolean };

/**
 * The largest window of the frames that these bytes are, without decompressing any of them. Throws where they begin as
 * none; where a later part is broken, decompressing says so.
 */
export function largestWindow(bytes: Buffer): number {
  const first = headerAt(bytes, 0);
  if (first === undefined) throw new Error('not a zstd frame');
  let largest = 0;
  for (let frame: Header | undefined = first; frame !== undefined;) {
    largest = Math.max(largest, frame.window);
    const end = endOfBlocks(bytes, frame.end) + (frame.hasChecksum ? 4 : 0);
    frame = headerAt(bytes, behindSkippable(bytes, end));
  }
  return largest;
}

function headerAt(bytes: Buffer, at: number): Header | undefined {
  if (at + 6 > bytes.length || bytes.readUInt32LE(at) !== MAGIC) return undefined;
  const flags = bytes.readUInt8(at + 4);
  const isSingle = (flags & SINGLE_SEGMENT) !== 0;
  const dictionary = at + (isSingle ? 5 : 6);
  const content = dictionary + ([0, 1, 2, 4][flags & 3] ?? 0);
  const bytesOfContent = [isSingle ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const end = content + bytesOfContent;
  if (end > bytes.length) return undefined;
  const window = isSingle ? contentOf(bytes, content, bytesOfContent) : windowOf(bytes.readUInt8(at + 5));
  return { end, window, hasChecksum: (flags & CHECKSUM) !== 0 };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentOf(bytes: Buffer, at: number, size: number): number {
  if (size === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, size) + (size === 2 ? 256 : 0);
}

/** Frames that hold no content may stand between others. RFC 8878, 3.1.2. */
function behindSkippable(bytes: Buffer, at: number): number {
  let end = at;
  while (end + 8 <= bytes.length && bytes.readUInt32LE(end) >>> 4 === SKIPPABLE)
    end += 8 + bytes.readUInt32LE(end + 4);
  return end;
}

/** Where the blocks of a frame end that begin at `at`: each has three bytes of header and says how long it is. */
function endOfBlocks(bytes: Buffer, at: number): number {
  let end = at;
  while (end + 3 <= bytes.length) {
    const header = bytes.readUIntLE(end, 3);
    end += 3 + (((header >> 1) & 3) === RLE ? 1 : header >> 3);
    if ((header & 1) === 1) return end;
  }
  return bytes.length;
}
