import { dotProduct } from '../numerics/least-squares.ts';
import { residualOf, sumOfSquares } from '../numerics/orthonormal.ts';
import type { Estimate } from '../statistics/welch.ts';

/** A slope on one column, adjusted for others by linear regression. */
type PartialSlope = {
  /** With the heteroscedasticity-consistent error (HC3), in units of the outcome per unit of the column. */
  readonly robust: Estimate;
  /** With the error of equal noise in all runs. */
  readonly classical: Estimate;
};

/** What does not depend on the outcome: the column and what it is adjusted for. */
export type PartialRegression = {
  /** The weight with which the outcome of each run counts in the slope. */
  readonly weights: Float64Array;
  /** Whether one run alone decides the slope or a term that it needs: its own error is then unknown. */
  readonly isLone: boolean;
  slopeOf(values: Float64Array): PartialSlope;
};

/** Leverage from which a run decides a term alone. */
const LONE = 1 - 1e-8;

/** Runs up to which the degrees of freedom are counted; with more, Student's t hardly differs from a normal. */
const COUNTED = 600;

/**
 * Regression of what is left of the outcome on what is left of the treatment, after the basis: residuals on residuals
 * (Robinson 1988) with linear nuisances, which is ordinary least squares (Frisch and Waugh 1933, Lovell 1963). The
 * variance is HC3 (MacKinnon and White 1985), its degrees of freedom are those of Bell and McCaffrey (2002), and that of
 * equal noise where one run decides a term. Undefined where nothing is left of the treatment, or no degree of freedom.
 */
export function partialRegression(
  treatment: Float64Array,
  basis: readonly Float64Array[],
): PartialRegression | undefined {
  const rest = residualOf(treatment, basis);
  const size = sumOfSquares(rest);
  const degrees = treatment.length - basis.length - 1;
  if (!(size > 0) || degrees < 1) return undefined;
  const axes = [...basis, rest.map((value) => value / Math.sqrt(size))];
  const weights = rest.map((value) => value / size);
  const kept = Float64Array.from(rest, (_, run) => 1 - axes.reduce((sum, axis) => sum + axis[run]! ** 2, 0));
  const most = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0);
  const counts = weights.map((weight) => (Math.abs(weight) > 1e-9 * most ? weight : 0));
  const isLone = kept.some((of, run) => 1 - of >= LONE && counts[run] !== 0);
  const squares = counts.map((weight, run) => (weight === 0 ? 0 : (weight / kept[run]!) ** 2));
  const few = isLone || rest.length > COUNTED ? degrees : Math.min(degrees, satterthwaite(squares, axes));
  return {
    weights,
    isLone,
    slopeOf(values) {
      const effect = dotProduct(weights, values);
      const residuals = residualOf(values, axes);
      const equal = Math.sqrt(sumOfSquares(residuals) / degrees / size);
      const classical = { effect, standardError: equal, degreesOfFreedom: degrees };
      if (isLone) return { robust: classical, classical };
      const variance = residuals.reduce((sum, residual, run) => sum + squares[run]! * residual ** 2, 0);
      const robust = { effect, standardError: Math.sqrt(variance), degreesOfFreedom: few };
      return { robust, classical };
    },
  };
}

/** (tr M)² / tr M² with M = √D (I - H) √D: 2 E² / Var of the variance estimate, were the noise equal. */
function satterthwaite(squares: Float64Array, axes: readonly Float64Array[]): number {
  const runs = [...squares.keys()].filter((run) => squares[run]! > 0);
  const points = runs.map((run) => Float64Array.from(axes, (axis) => axis[run]!));
  let trace = 0;
  let square = 0;
  for (const [at, point] of points.entries()) {
    const own = squares[runs[at]!]!;
    const diagonal = own * (1 - dotProduct(point, point));
    trace += diagonal;
    square += diagonal ** 2;
    for (let other = 0; other < at; other++) {
      square += 2 * own * squares[runs[other]!]! * dotProduct(point, points[other]!) ** 2;
    }
  }
  return Math.max(1, trace ** 2 / square);
}
