import { studentQuantile } from './student-t.ts';
import { requireFinite } from '../numerics/require-finite.ts';

/** z(0.975) + z(0.8): a two-sided 5 % test with 80 % power. */
const POWER_FACTOR = 2.8;

export type Noise = {
  readonly seedSd: number;
  readonly seeds: number;
  readonly accuracy?: number;
  readonly items?: number;
};

/**
 * Smallest effect that two arms of `seeds` runs each detect with 80 % power at two-sided 5 %, in the unit of `seedSd`:
 * 2.8 sqrt(2 (seedSd^2 + p (1 - p) / items) / seeds). `accuracy` p on `items` questions adds the benchmark's sampling
 * noise. Normal approximation (Bloom 1995). Throws Fault `not_finite`.
 */
export function minimumDetectableEffect({ seedSd, seeds, accuracy, items }: Noise): number {
  requireFinite('a minimum detectable effect', [seedSd, seeds, accuracy ?? 0, items ?? 0]);
  const sampling = accuracy === undefined || items === undefined ? 0 : (accuracy * (1 - accuracy)) / items;
  return detectable(Math.sqrt((2 * (seedSd ** 2 + sampling)) / seeds));
}

/**
 * The minimum detectable effect at 80 % power and two-sided 5 %, from the standard error of the estimate: 2.8 errors, and with
 * few degrees of freedom t(0.975) + t(0.8) errors (Bloom 1995).
 */
export const detectable = (standardError: number, degreesOfFreedom?: number): number =>
  standardError *
  (degreesOfFreedom === undefined
    ? POWER_FACTOR
    : studentQuantile(0.975, degreesOfFreedom) + studentQuantile(0.8, degreesOfFreedom));
