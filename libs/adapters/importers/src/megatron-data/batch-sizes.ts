import type { BatchSize } from '@tributary/contracts';

/** `--rampup-batch-size`: the batch size grows from `start` by `increment`, and has its full size after `samples` samples. */
export type RampUp = { readonly start: number; readonly increment: number; readonly samples: number };

/** More batch sizes than any run has. */
const MAX_BATCH_SIZES = 10_000;

/** Parses the three values of the option. Undefined if there are none, the reason as a string if they are invalid. */
export function rampUpOf(values: readonly string[]): RampUp | string | undefined {
  if (values.length === 0) return undefined;
  const [start, increment, samples, ...others] = values.map((value) =>
    /^\d+$/.test(value) ? Number(value) : NaN,
  );
  const isWhole = [start, increment, samples].every(
    (value) => Number.isSafeInteger(value) && Number(value) > 0,
  );
  if (
    start === undefined ||
    increment === undefined ||
    samples === undefined ||
    others.length > 0 ||
    !isWhole
  )
    return `--rampup-batch-size is ${values.join(' ').slice(0, 100)}, not START INCREMENT SAMPLES above zero`;
  return { start, increment, samples };
}

/**
 * The batch sizes of a run whose steps count from 1. While the batch size grows, it is decided before each step by the
 * samples that were read until then: each of the equal parts of `samples` adds an increment. Returns the reason as a string
 * if Megatron would refuse the values.
 */
export function batchSizesOf(globalBatchSize: number, rampUp: RampUp | undefined): BatchSize[] | string {
  const increments = rampUp ? (globalBatchSize - rampUp.start) / rampUp.increment : 0;
  if (!rampUp || increments === 0) return [{ fromStep: 1, samples: globalBatchSize }];
  if (!Number.isInteger(increments) || increments < 0)
    return `a batch size of ${rampUp.start} does not grow to ${globalBatchSize} in increments of ${rampUp.increment}`;
  if (increments >= MAX_BATCH_SIZES)
    return `the batch size has ${increments + 1} values, at most ${MAX_BATCH_SIZES} are read`;
  const levelAt = (read: number) =>
    read > rampUp.samples ? increments : Math.floor(read / (rampUp.samples / increments));
  const sizes: BatchSize[] = [];
  for (let [fromStep, read, level] = [1, 0, 0]; ;) {
    const samples = rampUp.start + level * rampUp.increment;
    sizes.push({ fromStep, samples });
    if (level >= increments) return sizes;
    const steps = stepsUntil((count) => levelAt(read + count * samples) > level, {
      about: (((level + 1) * rampUp.samples) / increments - read) / samples,
    });
    fromStep += steps;
    read += steps * samples;
    level = levelAt(read);
  }
}

/** The first count from 1 on for which something holds that goes on to hold; it is near `about`, up to rounding. */
function stepsUntil(holds: (count: number) => boolean, { about }: { about: number }): number {
  let count = Math.max(1, Math.ceil(about));
  while (count > 1 && holds(count - 1)) count -= 1;
  while (!holds(count)) count += 1;
  return count;
}

/** The last step for which there are enough samples; 0 if there are too few for the first. */
export function lastWholeStep(batches: readonly BatchSize[], samples: number): number {
  let left = samples;
  for (const [at, { fromStep, samples: size }] of batches.entries()) {
    const steps = (batches[at + 1]?.fromStep ?? Infinity) - fromStep;
    const whole = Math.min(steps, Math.floor(left / size));
    if (whole < steps) return fromStep - 1 + whole;
    left -= whole * size;
  }
  return 0;
}
