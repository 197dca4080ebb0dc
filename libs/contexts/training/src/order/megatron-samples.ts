import { samplesAt, samplesBefore } from '@tributary/contracts';
import type { RecordedOrder } from '@tributary/contracts';

/** An array of whole numbers that is read in parts. */
export type IntegerArray = {
  readonly length: number;
  /** Numbers from an index on. The part is inside the array. */
  readonly read: (from: number, count: number) => Promise<readonly number[]>;
};

/** Opens the array in a file by its SHA-256; the reason as a string where it cannot be read. */
export type OpenArray = (sha256: string) => Promise<IntegerArray | string>;

export type MegatronIndex = NonNullable<RecordedOrder['megatronIndex']>;

/** Samples of a run that one step reads: indexes from `from` on. */
export type SampleRange = { readonly from: number; readonly count: number };

/** Samples that are read at once, and documents of one sample. More than any batch and any sample has: a fact may state anything. */
const MOST = { samples: 4_000_000, documents: 100_000 } as const;

/** Samples of several steps. */
export function windowOf(
  { firstSample, batches }: MegatronIndex,
  { firstStep, lastStep }: { readonly firstStep: number; readonly lastStep: number },
): SampleRange {
  const before = samplesBefore(batches, firstStep);
  return { from: firstSample + before, count: samplesBefore(batches, lastStep + 1) - before };
}

/** Samples of one step. */
export function sampleRangeOf({ firstSample, batches }: MegatronIndex, step: number): SampleRange {
  return { from: firstSample + samplesBefore(batches, step), count: samplesAt(batches, step) };
}

/** Where the documents of a sample begin and end: entries of the document index of its corpus, both inclusive. */
export type Sample = {
  /** Index among all samples of the run. */
  readonly sample: number;
  /** Index of the corpus. */
  readonly corpus: number;
  readonly first: number;
  readonly last: number;
  /** Items of the first document before the sample. */
  readonly firstOffset: number;
  /** The item of the last document that is only the label of the one before it. */
  readonly lastOffset: number;
};

/** The corpus of each sample of a range, and its index among the samples of the corpus. */
export type OwnSamples = { readonly corpora: readonly number[]; readonly own: readonly number[] };

/** Reads which corpora the samples are of; the reason as a string where the arrays do not say it. */
export async function corporaOfSamples(
  { blend, corpora }: MegatronIndex,
  { from, count }: SampleRange,
  open: OpenArray,
): Promise<readonly number[] | string> {
  if (count > MOST.samples)
    return `the steps read ${count} samples; at most ${MOST.samples} are resolved at once`;
  if (!blend) return Array.from({ length: count }, () => 0);
  const named = await partOf(blend.dataset, { from, count }, open);
  if (typeof named === 'string') return named;
  const stray = named.find((corpus) => corpus < 0 || corpus >= corpora.length);
  return stray === undefined ? named : `the blend names corpus ${stray}, and the order has ${corpora.length}`;
}

/** Reads which samples of which corpora they are; the reason as a string where the arrays do not say it. */
export async function ownSamples(
  index: MegatronIndex,
  range: SampleRange,
  open: OpenArray,
): Promise<OwnSamples | string> {
  const corpora = await corporaOfSamples(index, range, open);
  if (typeof corpora === 'string') return corpora;
  const own = index.blend
    ? await partOf(index.blend.datasetSample, range, open)
    : corpora.map((_corpus, at) => range.from + at);
  return typeof own === 'string' ? own : { corpora, own };
}

/** What an array of the blend says of samples. */
async function partOf(
  sha256: string,
  { from, count }: SampleRange,
  open: OpenArray,
): Promise<readonly number[] | string> {
  const array = await open(sha256);
  if (typeof array === 'string') return array;
  return from + count > array.length
    ? `the step reads samples ${from} to ${from + count - 1}, and the blend has ${array.length}`
    : array.read(from, count);
}

/** Reads where the documents of the samples are; the reason as a string where the arrays do not say it. */
export async function samplesOf(
  index: MegatronIndex,
  { from }: SampleRange,
  { corpora, own }: OwnSamples,
  open: OpenArray,
): Promise<Sample[] | string> {
  const samples: Sample[] = [];
  for (const [at, corpus] of corpora.entries()) {
    const found = await sampleIn(index.corpora[corpus], own[at] ?? 0, open);
    if (typeof found === 'string') return `sample ${from + at}: ${found}`;
    samples.push({ sample: from + at, corpus, ...found });
  }
  return samples;
}

type Corpus = MegatronIndex['corpora'][number];

async function sampleIn(
  corpus: Corpus | undefined,
  own: number,
  open: OpenArray,
): Promise<Omit<Sample, 'sample' | 'corpus'> | string> {
  if (!corpus) return 'the order has no such corpus';
  const shuffle = await open(corpus.shuffle);
  if (typeof shuffle === 'string') return shuffle;
  const boundaries = await open(corpus.sample);
  if (typeof boundaries === 'string') return boundaries;
  const outside = (index: number, length: number) => `its arrays have no entry ${index} of ${length}`;
  if (!isInside(own, shuffle.length)) return outside(own, shuffle.length);
  const [row = 0] = await shuffle.read(own, 1);
  const rows = Math.floor(boundaries.length / 2) - 1;
  if (!isInside(row, rows)) return outside(row, rows);
  return boundsIn(await boundaries.read(row * 2, 4));
}

/** Where a sample begins and ends: the entry and the item where it begins, then those where the next one does. */
function boundsIn(numbers: readonly number[]): Omit<Sample, 'sample' | 'corpus'> | string {
  const [first, firstOffset, last, lastOffset] = numbers.map((number) => (isIndex(number) ? number : NaN));
  const isComplete =
    first !== undefined && firstOffset !== undefined && last !== undefined && lastOffset !== undefined;
  if (!isComplete || !(last > first || (last === first && lastOffset >= firstOffset)))
    return `it ends before it begins: its arrays say ${numbers.join(', ')}`;
  if (last - first >= MOST.documents)
    return `it has ${last - first + 1} documents; at most ${MOST.documents} are resolved`;
  return { first, last, firstOffset, lastOffset };
}

/** Whether a number of an array can stand for an entry or an item: 64-bit integers may be beyond what is exact here. */
export const isIndex = (number: number): boolean => number >= 0 && Number.isSafeInteger(number);

const isInside = (index: number, length: number): boolean => index >= 0 && index < length;
