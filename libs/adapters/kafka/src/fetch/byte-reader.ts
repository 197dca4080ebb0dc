/** Reads the protocol's numbers and strings in sequence. Throws RangeError if the bytes end too early. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  int8(): number {
    return this.#bytes.readInt8(this.#advance(1));
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#advance(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#advance(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32BE(this.#advance(4));
  }

  /** An offset, a time or a producer id; all of them are safe integers. */
  int64(): number {
    return Number(this.#bytes.readBigInt64BE(this.#advance(8)));
  }

  /** A zigzag varint; exact for safe integers. */
  varint(): number {
    let raw = 0;
    let scale = 1;
    for (let byte = 0x80; byte >= 0x80; scale *= 128) {
      byte = this.#bytes.readUInt8(this.#advance(1));
      raw += (byte & 0x7f) * scale;
      if (scale > 2 ** 63) throw new RangeError('a varint has more than ten bytes');
    }
    return raw % 2 === 0 ? raw / 2 : -(raw + 1) / 2;
  }

  bytes(length: number): Buffer {
    if (length < 0) throw new RangeError(`a length is negative: ${length}`);
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  /** A varint length and as many bytes; null if the length is negative. */
  varbytes(): Buffer | null {
    const length = this.varint();
    return length < 0 ? null : this.bytes(length);
  }

  string(): string {
    return this.bytes(this.int16()).toString();
  }

  rest(): Buffer {
    return this.bytes(this.left);
  }

  #advance(length: number): number {
    const start = this.#at;
    if (start + length > this.#bytes.length) throw new RangeError('the bytes end too early');
    this.#at += length;
    return start;
  }
}
