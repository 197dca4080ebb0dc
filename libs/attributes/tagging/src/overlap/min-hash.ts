import { requireFinite } from '@tributary/complexity';
import { mixBits } from './hash.ts';

export type MinHashOptions = {
  /** Numbers of a signature. */
  readonly hashes: number;
  /** Words of a shingle. */
  readonly words: number;
  readonly seed: number;
};

/**
 * Signatures of texts by MinHash (Broder, 1997): the share of numbers in which two signatures agree estimates the Jaccard
 * similarity of the two sets of shingles, without bias and with the standard error of that share. A shingle is known by a
 * hash of 64 bits; each number of a signature is the smallest of one of as many mixtures of its two halves.
 */
export class MinHash {
  readonly #options: MinHashOptions;
  /** An odd multiplier for each half of a shingle, for each number of a signature. */
  readonly #low: Uint32Array;
  readonly #high: Uint32Array;

  constructor(options: MinHashOptions) {
    this.#options = options;
    const multiplier = (at: number): number => mixBits(mixBits(options.seed ^ 0x9e3779b9) + at) | 1;
    this.#low = Uint32Array.from({ length: options.hashes }, (_none, at) => multiplier(2 * at));
    this.#high = Uint32Array.from({ length: options.hashes }, (_none, at) => multiplier(2 * at + 1));
  }

  /** A text with fewer words than a shingle is one shingle. */
  signature(words: readonly string[]): Uint32Array {
    const [low, high] = [wordHashes(words, 0x811c9dc5), wordHashes(words, 0x2f0b4c47)];
    const signature = new Uint32Array(this.#options.hashes).fill(0xffffffff);
    const length = Math.min(words.length, this.#options.words);
    for (let start = 0; start + length <= words.length; start++)
      this.#take(signature, shingleHash(low, start, length), shingleHash(high, start, length));
    return signature;
  }

  #take(signature: Uint32Array, low: number, high: number): void {
    for (let at = 0; at < signature.length; at++) {
      const value = mixBits(Math.imul(low, this.#low[at]!) + Math.imul(high, this.#high[at]!));
      if (value < signature[at]!) signature[at] = value;
    }
  }
}

function wordHashes(words: readonly string[], start: number): Uint32Array {
  const hashes = new Uint32Array(words.length);
  for (const [at, word] of words.entries()) {
    let hash = start;
    for (let unit = 0; unit < word.length; unit++)
      hash = Math.imul(hash ^ word.charCodeAt(unit), 0x01000193) ^ (hash >>> 15);
    hashes[at] = mixBits(hash);
  }
  return hashes;
}

function shingleHash(words: Uint32Array, start: number, length: number): number {
  let hash = length;
  for (let at = start; at < start + length; at++) hash = mixBits(Math.imul(hash, 31) + words[at]!);
  return hash;
}

/** The estimated similarity of two texts, and its standard error. Fault `not_finite` of signatures without numbers. */
export function similarityOf(
  one: Uint32Array,
  other: Uint32Array,
): { readonly similarity: number; readonly error: number } {
  let equal = 0;
  for (const [at, value] of one.entries()) if (value === other[at]) equal += 1;
  const similarity = equal / one.length;
  requireFinite('a similarity', [similarity]);
  return { similarity, error: Math.sqrt((similarity * (1 - similarity)) / one.length) };
}
