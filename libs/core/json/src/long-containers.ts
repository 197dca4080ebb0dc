import { pace } from '@tributary/kernel';
import { CLOSE_ARRAY, CLOSE_OBJECT, endOfString, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './tokens.ts';

/** Arrays and objects whose text is longer are not parsed as a whole. */
export const LONG_BYTES = 256 * 1024;

/** Containers nested deeper are parsed as a whole. */
export const MAX_DEPTH = 8;

/** Bytes that are read before others have their turn. */
const IN_A_TURN = 4 * LONG_BYTES;

/** Where arrays and objects begin, and where the same ones end, as offsets in the memory that holds the text. */
export type Ends = ReadonlyMap<number, number>;

/**
 * Finds the long arrays and objects of a JSON text in one pass, so that who descends into them need not look for the end of
 * each again on every level. A container that is not closed is not found.
 */
class LongContainers {
  readonly ends = new Map<number, number>();
  readonly #bytes: Buffer;
  readonly #starts: number[] = [];
  #depth = 0;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isOver(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** Reads on for some bytes, and to the end of the string that it meets there. */
  read(most: number): void {
    const bytes = this.#bytes;
    const until = Math.min(bytes.length, this.#at + most);
    let at = this.#at;
    while (at < until) {
      const byte = bytes[at];
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) this.#open(at);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) this.#close(at);
      const end = byte === QUOTE ? endOfString(bytes, at) : at + 1;
      at = end < 0 ? bytes.length : end;
    }
    this.#at = at;
  }

  #open(at: number): void {
    if (this.#depth <= MAX_DEPTH) this.#starts[this.#depth] = at;
    this.#depth += 1;
  }

  #close(at: number): void {
    this.#depth -= 1;
    if (this.#depth < 0 || this.#depth > MAX_DEPTH) return;
    const start = this.#starts[this.#depth] ?? at;
    const { byteOffset } = this.#bytes;
    if (at - start >= LONG_BYTES) this.ends.set(byteOffset + start, byteOffset + at + 1);
  }
}

/** The ends of the long containers of a text. */
export function longContainers(bytes: Buffer): Ends {
  const containers = new LongContainers(bytes);
  containers.read(bytes.length);
  return containers.ends;
}

/** The same, in turns. */
export async function longContainersInTurns(bytes: Buffer): Promise<Ends> {
  const containers = new LongContainers(bytes);
  const paced = pace(1);
  while (!containers.isOver) {
    containers.read(IN_A_TURN);
    const turn = paced();
    if (turn) await turn;
  }
  return containers.ends;
}
