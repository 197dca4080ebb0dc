import type { Npy } from './npy.ts';

/** The index arrays of a GPTDataset, which determine the order of samples (megatron.core.datasets.gpt_dataset). */
export type GptIndex = { readonly document: Npy; readonly sample: Npy; readonly shuffle: Npy };

/** The corpus of each sample of a run, and the index of the sample in that corpus. Absent if there is one corpus. */
export type BlendIndex = { readonly dataset: Npy; readonly datasetSample: Npy };

/** A sample of a run: its corpus and its documents. The first and the last document can be partial. */
export type TrainingSample = {
  readonly dataset: number;
  /** Document numbers in the corpus as in the `.idx` file. */
  readonly documents: readonly number[];
  /** Items of the first document before the sample. */
  readonly firstOffset: number;
  /** Index of the last item in the last document. This item is only used as a label. */
  readonly lastOffset: number;
};

export const sizeOf = (npy: Npy): number => npy.shape[0] ?? 0;

/** Sample `k` of a run, counted from 0. Undefined outside of the index or if the arrays contradict each other. */
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
