import { releaseMemory } from '@tributary/kernel';

/** Shorter strings are copied unit by unit, which is cheaper than a call into the runtime. */
const SHORT_LENGTH = 48;

/** A byte buffer that grows. */
export class ByteWriter {
  bytes: Buffer;
  at = 0;

  constructor(capacity = 64 * 1024) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  reserve(size: number): void {
    const needed = this.at + size;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.at);
    releaseMemory(this.bytes);
    this.bytes = grown;
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  /** The memory of a typed array; little-endian machines only. */
  typedArray(array: ArrayBufferView): void {
    this.raw(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  }

  /** Unsigned LEB128. */
  varint(value: number): void {
    this.reserve(10);
    let rest = value;
    while (rest >= 128) {
      this.bytes[this.at++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.bytes[this.at++] = rest;
  }

  /** A non-negative safe integer as UInt64. */
  uint64(value: number): void {
    this.reserve(8);
    this.at = this.bytes.writeUInt32LE(value >>> 0, this.at);
    this.at = this.bytes.writeUInt32LE(Math.floor(value / 2 ** 32), this.at);
  }

  /** The length, then UTF-8. A lone surrogate becomes U+FFFD. */
  string(text: string): void {
    this.reserve(text.length * 3 + 10);
    if (text.length < SHORT_LENGTH && this.#ascii(text)) return;
    this.varint(Buffer.byteLength(text));
    this.at += this.bytes.write(text, this.at, 'utf8');
  }

  #ascii(text: string): boolean {
    const { bytes } = this;
    const { length } = text;
    let at = this.at;
    bytes[at++] = length;
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit > 127) return false;
      bytes[at++] = unit;
    }
    this.at = at;
    return true;
  }
}
