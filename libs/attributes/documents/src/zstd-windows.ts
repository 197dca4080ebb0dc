const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;

/** Asks for the next bytes, or for the next ones to be passed over. */
type Step = { readonly take: number } | { readonly skip: number };

/**
 * The windows of the frames of a zstd file, found by walking over the headers of frames and blocks (RFC 8878, 3.1)
 * without decompressing anything. Ends at what is no frame.
 */
export class ZstdWindows {
  /** Bytes of the largest window so far. */
  largest = 0;
  readonly #walk: Generator<Step, void, Buffer>;
  #step: Step | undefined;
  #kept: Buffer = Buffer.alloc(0);

  constructor() {
    this.#walk = walkFrames((window) => (this.largest = Math.max(this.largest, window)));
    this.#step = this.#walk.next().value ?? undefined;
  }

  /** Reads the next part of the file. */
  read(part: Buffer): void {
    let left: Buffer = this.#kept.length === 0 ? part : Buffer.concat([this.#kept, part]);
    while (this.#step !== undefined) {
      const passed = 'skip' in this.#step ? this.#step.skip : this.#step.take;
      if ('skip' in this.#step && left.length < passed) {
        this.#step = { skip: passed - left.length };
        left = left.subarray(left.length);
        break;
      }
      if (left.length < passed) break;
      const next = this.#walk.next(left.subarray(0, passed));
      left = left.subarray(passed);
      this.#step = next.done ? undefined : next.value;
    }
    this.#kept = this.#step === undefined ? Buffer.alloc(0) : Buffer.from(left);
  }
}

function* walkFrames(found: (window: number) => void): Generator<Step, void, Buffer> {
  for (;;) {
    const magic = (yield { take: 4 }).readUInt32LE(0);
    if (magic - (magic % 16) === SKIPPABLE) yield { skip: (yield { take: 4 }).readUInt32LE(0) };
    else if (magic === MAGIC) yield* walkFrame(found);
    else return;
  }
}

const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];
const LAST_BLOCK = 1;
const REPEATED_BYTE = 1;

function* walkFrame(found: (window: number) => void): Generator<Step, void, Buffer> {
  const descriptor = (yield { take: 1 })[0] ?? 0;
  const isSingle = (descriptor & 0x20) !== 0;
  if (!isSingle) found(windowOf((yield { take: 1 })[0] ?? 0));
  yield { skip: DICTIONARY_BYTES[descriptor & 3] ?? 0 };
  const flag = descriptor >> 6;
  const size = sizeOf(yield { take: flag === 0 && isSingle ? 1 : (SIZE_BYTES[flag] ?? 0) });
  /* The whole content is the window of a frame of a single segment. */
  if (isSingle) found(size);
  for (let header = 0; (header & LAST_BLOCK) === 0;) {
    header = (yield { take: 3 }).readUIntLE(0, 3);
    const bytes = header >> 3;
    yield { skip: ((header >> 1) & 3) === REPEATED_BYTE ? 1 : bytes };
  }
  yield { skip: (descriptor & 4) === 0 ? 0 : 4 };
}

function windowOf(byte: number): number {
  const base = 2 ** (10 + (byte >> 3));
  return base + (base / 8) * (byte & 7);
}

function sizeOf(field: Buffer): number {
  switch (field.length) {
    case 0:
      return 0;
    case 2:
      return field.readUInt16LE(0) + 256;
    case 8:
      return Number(field.readBigUInt64LE(0));
    default:
      return field.readUIntLE(0, field.length);
  }
}
