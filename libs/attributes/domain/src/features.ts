import { finish, mixWord } from './hash.ts';
import { measureBuckets } from './measures.ts';
import { scan } from './tokens.ts';

/** Names the rules of this file. A model says which rules it was trained with, and no other one may feed it. */
export const FEATURISER = 'shapes-and-words/1';
export const BUCKETS = 32_768;
/** Bucket 0 fills short rows of a batch; no feature falls into it. */
export const PADDING = 0;
/** The rarest features of a chunk beyond this number are dropped. */
export const MOST_FEATURES = 1_536;

/** Distinct buckets of a text, and for each its weight: square roots of counts, scaled to length 1. */
export type Features = { readonly ids: Int32Array; readonly weights: Float32Array };

/* One salt for each kind of feature, so that a word and a pair of shapes do not count as the same. */
const WORD = 0x10001;
const WORD_PAIR = 0x20002;
const SHAPES = 0x30003;
const LINE_START = 0x40004;
const MEASURE = 0x50005;

const bucketOf = (hash: number): number => 1 + (finish(hash) % (BUCKETS - 1));

/** Counts by bucket, used for one text after another: clearing what was touched is cheaper than a new table. */
class BucketCounts {
  private readonly counts = new Uint16Array(BUCKETS);
  private readonly touched = new Int32Array(BUCKETS);
  private size = 0;

  add(hash: number): void {
    const bucket = bucketOf(hash);
    if (this.counts[bucket]!++ === 0) this.touched[this.size++] = bucket;
  }

  /** The buckets in order with the weights of their counts, at most `MOST_FEATURES` of the most frequent. */
  take(): Features {
    const { counts } = this;
    let ids = this.touched.slice(0, this.size);
    if (ids.length > MOST_FEATURES)
      ids = ids.toSorted((a, b) => counts[b]! - counts[a]! || a - b).subarray(0, MOST_FEATURES);
    ids = ids.toSorted();
    let total = 0;
    for (const id of ids) total += counts[id]!;
    const weights = new Float32Array(ids.length);
    for (let at = 0; at < ids.length; at++) weights[at] = Math.sqrt(counts[ids[at]!]!) / Math.sqrt(total);
    for (let at = 0; at < this.size; at++) counts[this.touched[at]!] = 0;
    this.size = 0;
    return { ids, weights };
  }
}

const buckets = new BucketCounts();

/**
 * Counts words, pairs of words, runs of three shapes, the first words of lines, and steps of plain measures.
 * The same text gives the same features everywhere: only integer arithmetic decides the buckets.
 */
export function featuresOf(text: string): Features {
  let lastWord = 0;
  let lastShape = 0;
  let shapeBefore = 0;
  scan(text, (word, shape, isFirstOfLine) => {
    buckets.add(mixWord(WORD, word));
    buckets.add(mixWord(mixWord(WORD_PAIR, lastWord), word));
    buckets.add(mixWord(mixWord(mixWord(SHAPES, shapeBefore), lastShape), shape));
    if (isFirstOfLine) buckets.add(mixWord(LINE_START, word));
    lastWord = word;
    shapeBefore = lastShape;
    lastShape = shape;
  });
  for (const bucket of measureBuckets(text)) buckets.add(mixWord(MEASURE, bucket));
  return buckets.take();
}
