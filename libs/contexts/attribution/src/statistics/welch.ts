import { mean, variance } from '../numerics/moments.ts';
import { studentQuantile, twoSidedP } from './student-t.ts';
import { requireNumbers } from '../numerics/require-finite.ts';

/** A two-sided interval in the unit of the estimate; `method` names the procedure. */
export type Interval = {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
};

export type Comparison = {
  readonly effect: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly interval: Interval;
  readonly pValue: number;
};

/** An estimate before any distribution is applied. */
export type Estimate = {
  readonly effect: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
};

/**
 * Two-sided p value of an estimate by Student's t; 1 without an effect, 0 for an effect without an error. Throws Fault
 * `not_finite` for NaN.
 */
export function pValueOf({ effect, standardError, degreesOfFreedom }: Estimate): number {
  requireNumbers('a p value', [effect, standardError, degreesOfFreedom]);
  return standardError === 0 ? Number(effect === 0) : twoSidedP(effect / standardError, degreesOfFreedom);
}

/** Interval and two-sided p value of an estimate by Student's t. */
export function studentComparison(estimate: Estimate, level: number, method: string): Comparison {
  const { effect, standardError, degreesOfFreedom } = estimate;
  const reach = studentQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
  const interval = { low: effect - reach, high: effect + reach, level, method };
  return { ...estimate, interval, pValue: pValueOf(estimate) };
}

/**
 * mean(more) - mean(less) with unequal variances (Welch 1947; degrees of freedom by Satterthwaite 1946). Each side needs two
 * values. `floor` is the smallest variance of a value, such as that of rounding.
 */
export function welchEstimate(more: readonly number[], less: readonly number[], floor = 0): Estimate {
  const moreShare = Math.max(floor, variance(more)) / more.length;
  const lessShare = Math.max(floor, variance(less)) / less.length;
  const total = moreShare + lessShare;
  const spread = moreShare ** 2 / (more.length - 1) + lessShare ** 2 / (less.length - 1);
  const degreesOfFreedom = spread === 0 ? more.length + less.length - 2 : total ** 2 / spread;
  return { effect: mean(more) - mean(less), standardError: Math.sqrt(total), degreesOfFreedom };
}

/** `welchEstimate` with its interval and p value. */
export const welch = (
  more: readonly number[],
  less: readonly number[],
  level = 0.95,
  floor = 0,
): Comparison => studentComparison(welchEstimate(more, less, floor), level, 'welch');

/** Differences of runs with shared seeds: value i of both lists has the same seed; `floor` is the least variance of one. */
export function pairedEstimate(more: readonly number[], less: readonly number[], floor = 0): Estimate {
  const gaps = more.map((value, index) => value - less[index]!);
  const standardError = Math.sqrt(Math.max(floor, variance(gaps)) / gaps.length);
  return { effect: mean(gaps), standardError, degreesOfFreedom: gaps.length - 1 };
}

/** mean(more - less) by the paired t test: `pairedEstimate` with its interval and p value. */
export const pairedComparison = (
  more: readonly number[],
  less: readonly number[],
  level = 0.95,
  floor = 0,
): Comparison => studentComparison(pairedEstimate(more, less, floor), level, 'paired_t');

export type PooledNoise = { readonly variance: number; readonly degreesOfFreedom: number };

/** Seed variance pooled over the arms with several seeds, in squared outcome units; undefined where there is none. */
export function pooledNoise(arms: readonly (readonly number[])[]): PooledNoise | undefined {
  const repeated = arms.filter((values) => values.length > 1);
  const degreesOfFreedom = repeated.reduce((sum, values) => sum + values.length - 1, 0);
  if (degreesOfFreedom === 0) return undefined;
  const squares = repeated.reduce((sum, values) => sum + variance(values) * (values.length - 1), 0);
  return { variance: squares / degreesOfFreedom, degreesOfFreedom };
}

/** mean(more) - mean(less) with the pooled variance of other arms, for an arm with a single seed. */
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
