import type { Npy } from './npy.ts';

/** The index arrays of a GPTDataset, which determine the order of samples (megatron.core.datasets.gpt_dataset). */
export type GptIndex = { readonly document: Npy; readonly sample: Npy; readonly shuffle: Npy };

/** The corpus of each sample of a run, and the index of the sample in that corpus. Absent if there is one corpus. */
export type BlendIndex = { readonly dataset: Npy; readonly datasetSample: Npy };

export const sizeOf = (npy: Npy): number => npy.shape[0] ?? 0;
