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

/**
 * Counts words, pairs of words, runs of three shapes, the first words of lines, and steps of plain measures.
 * The same text gives the same features everywhere: only integer arithmetic decides the buckets.
 */
export function featuresOf(text: string): Features {
  const counts = new Map<number, number>();
  const count = (hash: number): void => {
    const bucket = bucketOf(hash);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  };
  let lastWord = 0;
  let lastShape = 0;
  let shapeBefore = 0;
  scan(text, (word, shape, isFirstOfLine) => {
    count(mixWord(WORD, word));
    count(mixWord(mixWord(WORD_PAIR, lastWord), word));
    count(mixWord(mixWord(mixWord(SHAPES, shapeBefore), lastShape), shape));
    if (isFirstOfLine) count(mixWord(LINE_START, word));
    lastWord = word;
    shapeBefore = lastShape;
    lastShape = shape;
  });
  for (const bucket of measureBuckets(text)) count(mixWord(MEASURE, bucket));
  return weighted(counts);
}

function weighted(counts: ReadonlyMap<number, number>): Features {
  const entries = [...counts];
  if (entries.length > MOST_FEATURES) {
    entries.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    entries.length = MOST_FEATURES;
  }
  entries.sort((a, b) => a[0] - b[0]);
  const ids = Int32Array.from(entries, ([bucket]) => bucket);
  const length = Math.sqrt(entries.reduce((sum, [, times]) => sum + times, 0));
  return { ids, weights: Float32Array.from(entries, ([, times]) => Math.sqrt(times) / length) };
}
