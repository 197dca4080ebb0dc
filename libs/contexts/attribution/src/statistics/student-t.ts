import { Fault } from '@tributary/kernel';
import { incompleteBeta } from '../numerics/incomplete-beta.ts';
import { requireNumbers } from '../numerics/require-finite.ts';

/** P(|T| > |t|), the two-sided p value, by the incomplete beta function (DLMF 8.17). */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  const squared = t * t;
  if (squared === Number.POSITIVE_INFINITY) return 0;
  const total = degreesOfFreedom + squared;
  return incompleteBeta(degreesOfFreedom / total, degreesOfFreedom / 2, 0.5, squared / total);
}

/** P(T <= t). */
export function studentCdf(t: number, degreesOfFreedom: number): number {
  const tail = twoSidedP(t, degreesOfFreedom) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** t with P(T <= t) = probability, for 0 < probability < 1, by bisection on the tail. Throws Fault `not_finite` for NaN and beyond. */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  requireNumbers('a quantile of t', [probability, degreesOfFreedom]);
  if (probability < 0 || probability > 1)
    throw new Fault('not_finite', `a quantile of t at the probability ${probability}`);
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -upperQuantile(probability, degreesOfFreedom);
  return upperQuantile(1 - probability, degreesOfFreedom);
}

function upperQuantile(tail: number, degreesOfFreedom: number): number {
  const above = (t: number) => twoSidedP(t, degreesOfFreedom) / 2 > tail;
  let low = 0;
  let high = 1;
  while (above(high)) {
    low = high;
    high *= 2;
  }
  for (let step = 0; step < 200 && high - low > 1e-15 * high; step++) {
    const middle = low + (high - low) / 2;
    if (above(middle)) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}
