import { MAX_ROW_BYTES } from './row.ts';

/** Collects the bytes of one row after the other, and lets go of a row that is longer than a row may be. */
export class RowBytes {
  #parts: Buffer[] = [];
  #length = 0;

  add(part: Buffer): void {
    this.#length += part.length;
    if (this.#length > MAX_ROW_BYTES) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  /** The bytes since the last call; undefined if they are too many. */
  take(): Buffer | undefined {
    const [only] = this.#parts;
    const bytes = only && this.#parts.length === 1 ? only : Buffer.concat(this.#parts);
    const isTooLong = this.#length > MAX_ROW_BYTES;
    this.#parts = [];
    this.#length = 0;
    return isTooLong ? undefined : bytes;
  }

  get isEmpty(): boolean {
    return this.#length === 0;
  }
}
