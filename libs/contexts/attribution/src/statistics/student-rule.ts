import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { logGamma } from '../numerics/incomplete-beta.ts';

/**
 * P(T <= t) for one number of degrees of freedom ν as a sum of few terms, for places that have arithmetic alone:
 * ½ + w Σ weights_i (1 - w² squares_i)^power with w = t / √(ν + t²), by substitution of v = t / √(ν + t²) in the density and
 * Gauss–Legendre quadrature on (0, w).
 */
export type StudentRule = {
  readonly degreesOfFreedom: number;
  readonly power: number;
  readonly squares: Float64Array;
  readonly weights: Float64Array;
};

/** Points of the rule: from 3 degrees of freedom on its error is below 1e-6 everywhere, and from 5 on below 1e-9. */
const POINTS = 48;

/** The rule for Student's t with `degreesOfFreedom` above 2, as points and weights on the unit interval. */
export function studentRule(degreesOfFreedom: number): StudentRule {
  const { points, weights } = gaussLegendre(POINTS);
  const front = Math.exp(logGamma((degreesOfFreedom + 1) / 2) - logGamma(degreesOfFreedom / 2));
  return {
    degreesOfFreedom,
    power: (degreesOfFreedom - 2) / 2,
    squares: points.map((point) => ((1 + point) / 2) ** 2),
    weights: weights.map((weight) => (front / Math.sqrt(Math.PI)) * (weight / 2)),
  };
}
