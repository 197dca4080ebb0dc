import type { Npy } from './npy.ts';

/** What a GPTDataset reads from one corpus, in which order (megatron.core.datasets.gpt_dataset). */
export type GptIndex = { readonly document: Npy; readonly sample: Npy; readonly shuffle: Npy };

/** Which corpus each global sample comes from, and which of its samples that is. Absent where there is one corpus. */
export type BlendIndex = { readonly dataset: Npy; readonly datasetSample: Npy };

/** A sample of a run: its corpus, and the documents it was cut from, the first and last in part. */
export type TrainingSample = {
  readonly dataset: number;
  /** Indices of documents in the corpus, as `.idx` numbers them. */
  readonly documents: readonly number[];
  /** Items of the first document that come before the sample. */
  readonly firstOffset: number;
  /** Place, in the last document, of the last item: the one that is only ever a label. */
  readonly lastOffset: number;
};

export const sizeOf = (npy: Npy): number => npy.shape[0] ?? 0;

/** Sample `k` of a run, from 0; undefined outside the index or where the files do not fit each other. */
export function sampleAt(
  k: number,
  blend: BlendIndex | undefined,
  corpora: readonly GptIndex[],
): TrainingSample | undefined {
  const inside = k >= 0 && (blend === undefined || k < sizeOf(blend.dataset));
  if (!inside) return undefined;
  const dataset = blend ? blend.dataset.at(k) : 0;
  const own = blend ? blend.datasetSample.at(k) : k;
  const corpus = corpora[dataset];
  if (!corpus || own >= sizeOf(corpus.shuffle)) return undefined;
  const row = corpus.shuffle.at(own);
  if (row + 1 >= sizeOf(corpus.sample)) return undefined;
  const [first, firstOffset] = [corpus.sample.at(row * 2), corpus.sample.at(row * 2 + 1)];
  const [last, lastOffset] = [corpus.sample.at(row * 2 + 2), corpus.sample.at(row * 2 + 3)];
  if (last < first || last >= sizeOf(corpus.document)) return undefined;
  const documents = Array.from({ length: last - first + 1 }, (_none, at) => corpus.document.at(first + at));
  return { dataset, documents, firstOffset, lastOffset };
}
