import { isIndex } from './megatron-samples.ts';
import type { MegatronIndex, OpenArray, Sample } from './megatron-samples.ts';

/** A document of a sample, or the part of it that the sample reads. */
export type SampleDocument = {
  readonly sample: number;
  /** Index of the corpus. */
  readonly corpus: number;
  /** Number in the `.idx` file of the corpus. */
  readonly document: number;
  /** The first item that is read. */
  readonly from: number;
  /** The item after the last one that is read; null where it is the end of the document, whose length is not known. */
  readonly to: number | null;
  /** The item that is only the label of the one before it; null where the sample goes on in another document. */
  readonly label: number | null;
};

/** Documents of samples, numbered from 0 over all of them: those from number `from` on, at most `count`. */
export type DocumentPage = { readonly from: number; readonly count: number };

/** Parts of one document each: a document that a sample reads to its end and begins again counts twice. */
export const documentsIn = (samples: readonly Sample[]): number =>
  samples.reduce((sum, { first, last }) => sum + last - first + 1, 0);

/**
 * Reads a page of the documents of samples, in the order in which they are read. The reason as a string where the arrays
 * contradict each other: where the lengths of documents are known, the items of a sample must be as many as it has.
 */
export async function documentsOf(
  index: MegatronIndex,
  samples: readonly Sample[],
  { from, count }: DocumentPage,
  open: OpenArray,
): Promise<SampleDocument[] | string> {
  const found: SampleDocument[] = [];
  let before = 0;
  for (const sample of samples) {
    const own = sample.last - sample.first + 1;
    const begins = before;
    before += own;
    if (before <= from) continue;
    if (begins >= from + count) break;
    const documents = await allOf(index, sample, open);
    if (typeof documents === 'string') return `sample ${sample.sample}: ${documents}`;
    const skipped = Math.max(0, from - begins);
    for (const document of documents.slice(skipped, from + count - begins)) found.push(document);
  }
  return found;
}

async function allOf(
  { corpora, sequenceLength }: MegatronIndex,
  { sample, corpus, first, last, firstOffset, lastOffset }: Sample,
  open: OpenArray,
): Promise<SampleDocument[] | string> {
  const named = corpora[corpus];
  if (!named) return 'the order has no such corpus';
  const document = await open(named.document);
  if (typeof document === 'string') return document;
  if (last >= document.length) return `it ends at document ${last} of ${document.length}`;
  const numbers = await document.read(first, last - first + 1);
  const stray = numbers.find((number) => !isIndex(number));
  if (stray !== undefined) return `its arrays name document ${stray}, which no file has`;
  const lengths = await lengthsOf(named.index, numbers, open);
  if (typeof lengths === 'string') return lengths;
  const documents = numbers.map((number, at): SampleDocument => {
    const isLast = at === numbers.length - 1;
    const from = at === 0 ? firstOffset : 0;
    const to = isLast ? lastOffset : (lengths[at] ?? null);
    return { sample, corpus, document: number, from, to, label: isLast ? lastOffset : null };
  });
  return contradiction(documents, sequenceLength) ?? documents;
}

/** The lengths of documents in items; empty where they are not kept, as they are not needed to name the documents. */
async function lengthsOf(
  index: string | undefined,
  numbers: readonly number[],
  open: OpenArray,
): Promise<readonly number[] | string> {
  const lengths = index === undefined ? 'unknown' : await open(index);
  if (typeof lengths === 'string') return [];
  const read: number[] = [];
  for (const number of numbers) {
    if (number >= lengths.length) return `it names document ${number} of ${lengths.length}`;
    const [length = 0] = await lengths.read(number, 1);
    read.push(length);
  }
  return read;
}

function contradiction(documents: readonly SampleDocument[], sequenceLength: number): string | undefined {
  const items = documents.map(({ from, to }) => (to === null ? null : to - from));
  if (items.some((count) => count !== null && count < 0)) return 'it begins behind the end of a document';
  const sum = items.reduce(
    (total: number | null, count) => (total === null || count === null ? null : total + count),
    0,
  );
  return sum === null || sum === sequenceLength
    ? undefined
    : `its documents have ${sum} items, and a sample has ${sequenceLength}`;
}
