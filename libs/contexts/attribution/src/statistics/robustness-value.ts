import type { Estimate } from './welch.ts';
import { studentQuantile } from './student-t.ts';

/** The robustness value of a partial f, Cohen's effect size: ½ (√(f⁴ + 4 f²) − f²). */
const ofStrength = (f: number): number => (f <= 0 ? 0 : (Math.sqrt(f ** 4 + 4 * f ** 2) - f ** 2) / 2);

/** Parts of the residual variance, from 0 to 1. */
export type Robustness = {
  /** To explain the estimate. */
  readonly value: number;
  /** To bring its interval to zero. */
  readonly ofInterval: number;
};

/**
 * The robustness value of a regression coefficient: the part of what is left of the variance of both the treatment and the
 * outcome that an unrecorded confounder would have to explain (Cinelli and Hazlett 2020, JRSS B 82:39, section 4). The
 * estimate has the error of equal noise.
 */
export function robustnessValue(
  { effect, standardError, degreesOfFreedom }: Estimate,
  level: number,
): Robustness {
  if (standardError === 0) return { value: Number(effect !== 0), ofInterval: Number(effect !== 0) };
  const strength = Math.abs(effect / standardError) / Math.sqrt(degreesOfFreedom);
  const below = Math.max(1, degreesOfFreedom - 1);
  const needed = studentQuantile(0.5 + level / 2, below) / Math.sqrt(below);
  return { value: ofStrength(strength), ofInterval: ofStrength(strength - needed) };
}
