import { requireFinite } from './require-finite.ts';

/** Arithmetic mean; NaN for no values. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index]!;
  return sum / values.length;
}

/** Unbiased variance, over n - 1; NaN for fewer than two values. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += (values[index]! - centre) ** 2;
  return sum / (values.length - 1);
}

/** Spread, relative to the values, that is rounding. */
export const NO_SPREAD = 1e-9;

/** Largest absolute value; zero for no values. */
export const magnitude = (values: ArrayLike<number>): number => {
  let most = 0;
  for (let index = 0; index < values.length; index++) most = Math.max(most, Math.abs(values[index]!));
  return most;
};

/**
 * Whether values differ by more than the rounding of numbers as large as `scale`: the mean of equal ones may lie beside them.
 * Throws Fault `not_finite`.
 */
export function isSpread(values: ArrayLike<number>, scale = magnitude(values)): boolean {
  if (values.length < 2) return false;
  requireFinite('a spread', values);
  requireFinite('a spread', [scale]);
  if (scale === 0) return false;
  return Math.sqrt(variance(Float64Array.from(values, (value) => value / scale))) > NO_SPREAD;
}

/** Quantile by linear interpolation between order statistics (Hyndman and Fan 1996, type 7). Throws Fault `not_finite`. */
export function quantile(values: readonly number[], probability: number): number {
  requireFinite('a quantile', values);
  const sorted = values.toSorted((left, right) => left - right);
  const at = (sorted.length - 1) * probability;
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (at - below) * (high - low);
}

function ranks(values: readonly number[]): number[] {
  requireFinite('the ranks', values);
  const order = values.map((_, index) => index).toSorted((left, right) => values[left]! - values[right]!);
  const result = values.map(() => 0);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) result[order[at]!] = (from + to - 1) / 2;
    from = to;
  }
  return result;
}

/** Product-moment correlation. */
export function pearson(left: readonly number[], right: readonly number[]): number {
  const leftMean = mean(left);
  const rightMean = mean(right);
  const cross = mean(left.map((value, index) => (value - leftMean) * (right[index]! - rightMean)));
  const spread = (values: readonly number[], centre: number) =>
    mean(values.map((value) => (value - centre) ** 2));
  return cross / Math.sqrt(spread(left, leftMean) * spread(right, rightMean));
}

/** Rank correlation; ties get their mean rank. Throws Fault `not_finite`. */
export const spearman = (left: readonly number[], right: readonly number[]) =>
  pearson(ranks(left), ranks(right));

/** Euclidean length of a vector of any length, scaled by its largest value and summed with compensation (Kahan 1965). */
export function norm(values: Float64Array): number {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  if (most === 0 || !Number.isFinite(most)) return most;
  let sum = 0;
  let lost = 0;
  for (const value of values) {
    const square = (Math.abs(value) / most) ** 2 - lost;
    const next = sum + square;
    lost = next - sum - square;
    sum = next;
  }
  return Math.sqrt(sum) * most;
}

/** Whether no value is NaN or infinite. */
export function allFinite(values: ArrayLike<number>): boolean {
  for (let index = 0; index < values.length; index++) if (!Number.isFinite(values[index])) return false;
  return true;
}
