import { Fault } from '@tributary/kernel';
import { RowBytes } from './row-bytes.ts';
import type { RawRow } from './row.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const LINE_FEED = 0x0a;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * The elements of a JSON array as bytes, without the array in memory. An element that is no JSON is yielded as it is, so
 * that it can be refused on its own. Throws Fault `file_broken` where the array does not end with the file.
 */
export async function* elementsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<RawRow> {
  const scanner = new ElementScanner();
  for await (const chunk of chunks) yield* scanner.push(chunk);
  scanner.end();
}

class ElementScanner {
  readonly #bytes = new RowBytes();
  #row = 0;
  #where: 'before' | 'inside' | 'after' = 'before';
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  *push(chunk: Buffer): Generator<RawRow> {
    let start = this.#begin(chunk);
    for (let at = start; at < chunk.length && this.#where === 'inside'; at += 1) {
      const byte = chunk[at] ?? 0;
      if (!this.#endsElement(byte)) continue;
      this.#bytes.add(chunk.subarray(start, at));
      start = at + 1;
      yield* this.#element(byte === CLOSE_ARRAY);
    }
    if (this.#where === 'inside') this.#bytes.add(chunk.subarray(start));
    else if (this.#where === 'after' && !isBlank(chunk.subarray(start)))
      throw new Fault('file_broken', 'the array ends, and more follows that was not read');
  }

  end(): void {
    if (this.#where !== 'after') throw new Fault('file_broken', 'the file ends within its array');
  }

  /** The index behind the bracket that opens the array; the end of the chunk where the array has not opened or has ended. */
  #begin(chunk: Buffer): number {
    if (this.#where !== 'before') return 0;
    const open = chunk.indexOf(OPEN_ARRAY);
    if (open < 0) return chunk.length;
    this.#where = 'inside';
    return open + 1;
  }

  /** Whether a byte is the comma or the bracket behind an element of the array itself. */
  #endsElement(byte: number): boolean {
    if (this.#isInString) {
      this.#isInString = this.#continuesString(byte);
      return false;
    }
    if (this.#depth === 0 && (byte === COMMA || byte === CLOSE_ARRAY)) return true;
    if (byte === QUOTE) this.#isInString = true;
    else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) this.#depth += 1;
    else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) this.#depth = Math.max(0, this.#depth - 1);
    return false;
  }

  /** A raw line feed cannot stand in a string: the string is broken, and the next row need not be. */
  #continuesString(byte: number): boolean {
    if (byte === LINE_FEED) return (this.#isEscaped = false);
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === BACKSLASH) this.#isEscaped = true;
    else if (byte === QUOTE) return false;
    return true;
  }

  *#element(isLast: boolean): Generator<RawRow> {
    const bytes = this.#bytes.take();
    if (isLast) this.#where = 'after';
    const isEmptyArray = isLast && this.#row === 0 && bytes !== undefined && isBlank(bytes);
    if (!isEmptyArray) yield { row: this.#row, bytes };
    this.#row += 1;
  }
}

const isBlank = (bytes: Buffer): boolean =>
  bytes.every((byte) => byte === 0x20 || byte === LINE_FEED || byte === 0x0d || byte === 0x09);
