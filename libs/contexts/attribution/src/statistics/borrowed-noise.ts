import { mean, variance } from '../numerics/moments.ts';
import { studentComparison } from './welch.ts';
import type { Comparison } from './welch.ts';

export type PooledNoise = { readonly variance: number; readonly degreesOfFreedom: number };

/** Seed variance pooled over the arms that repeat seeds; undefined where none does. */
export function pooledNoise(arms: readonly (readonly number[])[]): PooledNoise | undefined {
  const repeated = arms.filter((values) => values.length > 1);
  const degreesOfFreedom = repeated.reduce((sum, values) => sum + values.length - 1, 0);
  if (degreesOfFreedom === 0) return undefined;
  const squares = repeated.reduce((sum, values) => sum + variance(values) * (values.length - 1), 0);
  return { variance: squares / degreesOfFreedom, degreesOfFreedom };
}

/** mean(more) - mean(less) where an arm has a single seed and takes its noise from other arms. */
export function borrowedComparison(
  more: readonly number[],
  less: readonly number[],
  noise: PooledNoise,
  level = 0.95,
): Comparison {
  const standardError = Math.sqrt(noise.variance * (1 / more.length + 1 / less.length));
  const { degreesOfFreedom } = noise;
  const effect = mean(more) - mean(less);
  return studentComparison({ effect, standardError, degreesOfFreedom }, level, 'borrowed_noise_t');
}
