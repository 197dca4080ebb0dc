import { mixBits, mixIn } from './hash.ts';

/**
 * The distinct n-grams of a list of word numbers, each numbered from 0 and known by where it begins first. N-grams are
 * compared word by word: no two are taken for one because their hashes are equal.
 */
export class GramTable {
  readonly #words: number;
  readonly #list: readonly number[];
  readonly #starts: number[] = [];
  /** Open addressing: the number of an n-gram plus one, or 0. Never more than half full. */
  #slots = new Int32Array(1024);

  /** The list may grow at its end. */
  constructor(words: number, list: readonly number[]) {
    this.#words = words;
    this.#list = list;
  }

  get size(): number {
    return this.#starts.length;
  }

  /** The number of the n-gram at `start` of the list, which is added if it is new. */
  add(start: number): number {
    const slot = this.#slotOf(this.#list, start);
    const known = this.#slots[slot]!;
    if (known > 0) return known - 1;
    this.#starts.push(start);
    this.#slots[slot] = this.#starts.length;
    if (this.#starts.length * 2 > this.#slots.length) this.#grow();
    return this.#starts.length - 1;
  }

  /** The number of the n-gram at `start` of other word numbers; -1 where the list has no such n-gram. */
  find(numbers: readonly number[], start: number): number {
    return this.#slots[this.#slotOf(numbers, start)]! - 1;
  }

  /** Where the n-gram is, or would be. */
  #slotOf(numbers: readonly number[], start: number): number {
    let hash = 0;
    for (let at = 0; at < this.#words; at++) hash = mixIn(hash, numbers[start + at]!);
    const mask = this.#slots.length - 1;
    for (let slot = mixBits(hash) & mask; ; slot = (slot + 1) & mask) {
      const known = this.#slots[slot]!;
      if (known === 0 || this.#isEqual(this.#starts[known - 1]!, numbers, start)) return slot;
    }
  }

  #isEqual(known: number, numbers: readonly number[], start: number): boolean {
    for (let at = 0; at < this.#words; at++) if (this.#list[known + at] !== numbers[start + at]) return false;
    return true;
  }

  #grow(): void {
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (const [gram, start] of this.#starts.entries())
      this.#slots[this.#slotOf(this.#list, start)] = gram + 1;
  }
}
