/** Bytes of one frame. The last part of a frame has its checksum, where it has one. Bytes of skippable frames are left out. */
export type FramePart = {
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
  readonly checksum: number | undefined;
};

type Expected = 'magic' | 'descriptor' | 'header' | 'skipped size' | 'block header' | 'block' | 'checksum';

const MAGIC = 0xfd2fb528;
const HEADER_BYTES = { dictionary: [0, 1, 2, 4], contentSize: [0, 2, 4, 8] } as const;

/** Whether a number of four bytes begins a frame that holds no content (RFC 8878, 3.1.2). */
export const isSkippable = (magic: number): boolean => magic >>> 4 === 0x184d2a5;

/**
 * Cuts zstd into its frames (RFC 8878, section 3.1), wherever its bytes are cut. Throws where what should be a frame begins
 * as none.
 */
export class ZstdFrames {
  #pending = Buffer.alloc(0);
  #needed = 4;
  #next: Expected = 'magic';
  #hasChecksum = false;
  #isLastBlock = false;
  #descriptor = 0;
  #window = 0;
  /** Bytes of a skippable frame that are still to come. */
  #skip = 0;

  /** Whether the frame at hand ends with a checksum of its content. */
  get hasChecksum(): boolean {
    return this.#hasChecksum;
  }

  /** Bytes that the frame at hand needs to look back at, and the decompressor to hold, as its header says. */
  get window(): number {
    return this.#window;
  }

  /** Whether the bytes so far end with a frame. */
  get isBetween(): boolean {
    return this.#next === 'magic' && this.#pending.length === 0 && this.#skip === 0;
  }

  *push(chunk: Uint8Array): Generator<FramePart> {
    let rest = Buffer.concat([this.#pending, chunk]);
    for (;;) {
      const skipped = Math.min(this.#skip, rest.length);
      this.#skip -= skipped;
      rest = rest.subarray(skipped);
      if (this.#skip > 0 || rest.length < this.#needed) break;
      const bytes = rest.subarray(0, this.#needed);
      rest = rest.subarray(this.#needed);
      yield* this.#take(bytes);
    }
    this.#pending = Buffer.from(rest);
  }

  *#take(bytes: Buffer): Generator<FramePart> {
    if (this.#next === 'skipped size') {
      this.#skip = bytes.readUInt32LE();
      return this.#expect('magic', 4);
    }
    if (this.#next === 'magic' && isSkippable(bytes.readUInt32LE())) return this.#expect('skipped size', 4);
    const isLast = this.#follow(bytes);
    const checksum = this.#hasChecksum && isLast ? bytes.readUInt32LE() : undefined;
    yield { bytes, isLast, checksum };
  }

  /** Takes a part of a frame and says whether it was the last one. */
  #follow(bytes: Buffer): boolean {
    if (this.#next === 'magic') {
      if (bytes.readUInt32LE() !== MAGIC) throw new Error('what follows is no frame');
      this.#expect('descriptor', 1);
    } else if (this.#next === 'descriptor') {
      this.#descriptor = bytes.readUInt8();
      this.#hasChecksum = (this.#descriptor & 4) !== 0;
      this.#isLastBlock = false;
      this.#expect('header', headerBytes(this.#descriptor));
    } else if (this.#next === 'header') {
      this.#window = windowOf(this.#descriptor, bytes);
      this.#expect('block header', 3);
    } else if (this.#next === 'block header') {
      const header = bytes.readUIntLE(0, 3);
      this.#isLastBlock = (header & 1) === 1;
      this.#expect('block', ((header >> 1) & 3) === 1 ? 1 : header >> 3);
      if (this.#needed === 0) return this.#endBlock();
    } else if (this.#next === 'block') return this.#endBlock();
    else this.#expect('magic', 4);
    return this.#next === 'magic';
  }

  #endBlock(): boolean {
    if (!this.#isLastBlock) this.#expect('block header', 3);
    else if (this.#hasChecksum) this.#expect('checksum', 4);
    else this.#expect('magic', 4);
    return this.#next === 'magic';
  }

  #expect(next: Expected, bytes: number): void {
    this.#next = next;
    this.#needed = bytes;
  }
}

/** Bytes of a frame header behind its descriptor: window, dictionary, size of the content. */
const headerBytes = (descriptor: number): number =>
  (isSingle(descriptor) ? 0 : 1) + dictionaryBytes(descriptor) + sizeBytes(descriptor);

/** Whether the frame is one segment, so that the whole content is its window. */
const isSingle = (descriptor: number): boolean => (descriptor & 32) !== 0;

const dictionaryBytes = (descriptor: number): number => HEADER_BYTES.dictionary[descriptor & 3] ?? 0;

function sizeBytes(descriptor: number): number {
  const bytes = HEADER_BYTES.contentSize[(descriptor >> 6) & 3] ?? 0;
  return bytes === 0 && isSingle(descriptor) ? 1 : bytes;
}

/** RFC 8878, 3.1.1.1.2 and 3.1.1.1.4. */
function windowOf(descriptor: number, header: Buffer): number {
  if (isSingle(descriptor)) return sizeOf(header.subarray(dictionaryBytes(descriptor)));
  const base = 2 ** (10 + (header.readUInt8() >> 3));
  return base + (base / 8) * (header.readUInt8() & 7);
}

function sizeOf(field: Buffer): number {
  switch (field.length) {
    case 2:
      return field.readUInt16LE() + 256;
    case 8:
      return Number(field.readBigUInt64LE());
    default:
      return field.readUIntLE(0, field.length);
  }
}
