import { sizeOf } from './sample.ts';
import type { BlendIndices } from './cache.ts';

/** Samples by corpus over a range of steps. Steps count from 1. */
export type ExposureWindow = {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly samples: readonly number[];
};

export type BatchSchedule = { readonly globalBatchSize: number; readonly trainSteps?: number };

const MAX_WINDOWS = 500;

export function samplesIn({ blend, corpora: [alone] }: BlendIndices): number {
  const array = blend?.dataset ?? alone?.shuffle;
  return array ? sizeOf(array) : 0;
}

/** The number of samples of each corpus in a range of sample indexes. */
export function samplesByCorpus(indices: BlendIndices, from = 0, to = samplesIn(indices)): number[] {
  const counts = indices.corpora.map(() => 0);
  for (let k = from; k < to; k += 1) {
    const dataset = indices.blend ? indices.blend.dataset.at(k) : 0;
    counts[dataset] = (counts[dataset] ?? 0) + 1;
  }
  return counts;
}

/** The exposure windows of whole batches. The sampler of Megatron drops an incomplete last batch. */
export function windowsOf(
  indices: BlendIndices,
  { globalBatchSize, trainSteps = Infinity }: BatchSchedule,
): ExposureWindow[] {
  const steps = Math.min(trainSteps, Math.floor(samplesIn(indices) / globalBatchSize));
  const width = Math.max(1, Math.ceil(steps / MAX_WINDOWS));
  return Array.from({ length: Math.ceil(steps / width) }, (_none, index) => {
    const before = index * width;
    const lastStep = Math.min(steps, before + width);
    const samples = samplesByCorpus(indices, before * globalBatchSize, lastStep * globalBatchSize);
    return { firstStep: before + 1, lastStep, samples };
  });
}
