import { samplesBefore } from '@tributary/contracts';
import type { BatchSize } from '@tributary/contracts';
import { lastWholeStep } from './batch-sizes.ts';
import { sizeOf } from './index-arrays.ts';
import type { BlendIndices } from './cache.ts';

/** Samples by corpus over a range of steps. Steps count from 1. */
export type ExposureWindow = {
  readonly firstStep: number;
  readonly lastStep: number;
  readonly samples: readonly number[];
};

/** The batch sizes of a run, and where it ends. */
export type BatchSchedule = {
  readonly batches: readonly BatchSize[];
  readonly trainSteps?: number;
  readonly trainSamples?: number;
};

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

/** The last step of whole batches. The sampler of Megatron drops an incomplete last batch. */
export function lastStepOf(indices: BlendIndices, schedule: BatchSchedule): number {
  const { batches, trainSteps = Infinity, trainSamples = Infinity } = schedule;
  return Math.min(trainSteps, lastWholeStep(batches, Math.min(trainSamples, samplesIn(indices))));
}

/** The exposure windows of the steps of a run. */
export function windowsOf(indices: BlendIndices, schedule: BatchSchedule): ExposureWindow[] {
  const { batches } = schedule;
  const steps = lastStepOf(indices, schedule);
  const width = Math.max(1, Math.ceil(steps / MAX_WINDOWS));
  return Array.from({ length: Math.ceil(steps / width) }, (_none, index) => {
    const firstStep = index * width + 1;
    const lastStep = Math.min(steps, firstStep + width - 1);
    const [from, to] = [samplesBefore(batches, firstStep), samplesBefore(batches, lastStep + 1)];
    return { firstStep, lastStep, samples: samplesByCorpus(indices, from, to) };
  });
}
