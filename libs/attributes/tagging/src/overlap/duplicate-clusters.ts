import { createHash } from 'node:crypto';
import { DisjointSets } from './disjoint-sets.ts';
import { mixBits } from './hash.ts';
import { MinHash, similarityOf } from './min-hash.ts';

export type ClusterOptions = {
  readonly bands: number;
  /** Numbers of a signature in a band. */
  readonly rows: number;
  /** Words of a shingle. */
  readonly words: number;
  readonly seed: number;
};

/** Documents that are copies of each other. */
export type Cluster = {
  /** The smallest of the digests of its texts, so that it does not depend on the order of the documents. */
  readonly id: string;
  /** Documents in it. */
  readonly size: number;
  /** Its first document, which is no duplicate. */
  readonly first: number;
};

/** A text that one or many documents have word for word. */
type Text = {
  readonly digest: string;
  readonly signature: Uint32Array;
  readonly first: number;
  documents: number;
};

/**
 * Finds documents that are copies of each other. Two are exact copies if they have the same words in the same order, told by
 * 64 bits of SHA-256. Two are near copies if their signatures agree in all numbers of one of `bands` bands of `rows` numbers,
 * which happens with probability 1 - (1 - s^rows)^bands at a similarity of s. A cluster is what such pairs connect.
 */
export class DuplicateClusters {
  readonly #options: ClusterOptions;
  readonly #minHash: MinHash;
  readonly #texts: Text[] = [];
  readonly #byDigest = new Map<string, number>();
  /** For each band the first text that has these numbers in it. */
  readonly #bands: readonly Map<number, number>[];
  readonly #sets = new DisjointSets();
  /** The text of each document. */
  readonly #documents: number[] = [];

  constructor(options: ClusterOptions) {
    this.#options = options;
    const { bands, rows, words, seed } = options;
    this.#minHash = new MinHash({ hashes: bands * rows, words, seed });
    this.#bands = Array.from({ length: bands }, () => new Map<number, number>());
  }

  /** Adds the next document, by its words, and says its number. */
  add(words: readonly string[]): number {
    const document = this.#documents.length;
    const digest = createHash('sha256').update(words.join(' ')).digest('hex').slice(0, 16);
    const known = this.#byDigest.get(digest);
    if (known === undefined) this.#addText(digest, words, document);
    else this.#texts[known]!.documents += 1;
    this.#documents.push(known ?? this.#texts.length - 1);
    return document;
  }

  #addText(digest: string, words: readonly string[], first: number): void {
    const text = this.#sets.add();
    const signature = this.#minHash.signature(words);
    this.#byDigest.set(digest, text);
    this.#texts.push({ digest, signature, first, documents: 1 });
    for (const [band, texts] of this.#bands.entries()) {
      const key = bandKey(signature, band * this.#options.rows, this.#options.rows);
      const earlier = texts.get(key);
      if (earlier === undefined) texts.set(key, text);
      else this.#sets.join(text, earlier);
    }
  }

  /** The cluster of each text, by the number that `clusterOf` knows it by. */
  clusters(): ReadonlyMap<number, Cluster> {
    const clusters = new Map<number, Cluster>();
    for (const [text, { digest, documents, first }] of this.#texts.entries()) {
      const root = this.#sets.rootOf(text);
      const known = clusters.get(root);
      clusters.set(root, {
        id: known && known.id < digest ? known.id : digest,
        size: (known?.size ?? 0) + documents,
        first: known?.first ?? first,
      });
    }
    return clusters;
  }

  /** The number of the cluster that a document is in, as of now. */
  clusterOf(document: number): number {
    return this.#sets.rootOf(this.#documents[document]!);
  }

  /** Whether an earlier document has the same words. */
  isRepeated(document: number): boolean {
    return this.#texts[this.#documents[document]!]!.first !== document;
  }

  /** The estimated similarity of two documents with its standard error; 1 without error for the same words. */
  similarity(one: number, other: number): { readonly similarity: number; readonly error: number } {
    const [left, right] = [this.#documents[one]!, this.#documents[other]!];
    return similarityOf(this.#texts[left]!.signature, this.#texts[right]!.signature);
  }
}

/** 53 bits of the numbers of a band, which a double holds. */
function bandKey(signature: Uint32Array, start: number, rows: number): number {
  let [low, high] = [start, ~start];
  for (let at = start; at < start + rows; at++) {
    low = mixBits(Math.imul(low, 31) + signature[at]!);
    high = mixBits(Math.imul(high, 37) ^ signature[at]!);
  }
  return (high & 0x1fffff) * 2 ** 32 + low;
}
