import type { ModelRunner, RunOptions } from './model-runner.ts';
import type { Ran } from './model-worker.ts';
import type { Tensors } from './tensor.ts';

/** Batches that have ended so far, and how many of them were refused. */
export type Progress = { readonly batches: number; readonly refused: number };

type BatchOptions = RunOptions & { readonly onProgress?: (progress: Progress) => void };

/** Twice as many batches as workers are in flight, so that each has its next one while a result is read. */
const IN_FLIGHT_PER_WORKER = 2;

/**
 * The results of many batches, in the order of the batches. The next batch is taken only when a result has been read
 * (back-pressure), so memory is bounded by the batches in flight. After `signal` has been aborted no further batch is
 * taken, and those in flight are `cancelled`.
 */
export async function* runBatches(
  runner: ModelRunner,
  batches: Iterable<Tensors> | AsyncIterable<Tensors>,
  { onProgress, ...options }: BatchOptions = {},
): AsyncGenerator<Ran> {
  const inFlight: Promise<Ran>[] = [];
  let progress: Progress = { batches: 0, refused: 0 };
  const read = async (): Promise<Ran> => {
    const ran = await inFlight.shift()!;
    progress = { batches: progress.batches + 1, refused: progress.refused + (ran.ok ? 0 : 1) };
    onProgress?.(progress);
    return ran;
  };
  for await (const inputs of batches) {
    if (options.signal?.aborted) break;
    inFlight.push(runner.run(inputs, options));
    if (inFlight.length >= IN_FLIGHT_PER_WORKER * runner.workerCount) yield await read();
  }
  while (inFlight.length > 0) yield await read();
}
