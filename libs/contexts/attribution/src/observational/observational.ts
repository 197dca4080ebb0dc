import { shareOf } from '../composition/composition.ts';
import type { Identification } from '../effect.ts';
import { armsOf, scoredRuns } from '../experiment.ts';
import type { Experiment, ScoredRun } from '../experiment.ts';
import { hc3Variances, leastSquares } from '../numerics/least-squares.ts';
import { pearson } from '../numerics/moments.ts';

/** A regression slope of the outcome on one share, in outcome units per unit share. */
export type ObservedSlope = { readonly slope: number; readonly standardError: number };

export type ObservationalSlopes = {
  readonly naive: ObservedSlope;
  readonly adjusted: ObservedSlope;
  readonly adjustedFor: readonly string[];
  /** Adjusters whose share correlates with the slice's so strongly that their effects cannot be separated. */
  readonly notSeparable: readonly { readonly slice: string; readonly correlation: number }[];
  readonly identification: Identification;
  readonly n: { readonly runs: number };
};

export type ObservationalQuestion = {
  readonly capability: string;
  readonly slice: string;
  /** Slices that may have been changed together with this one. */
  readonly adjustFor: readonly string[];
};

/** Absolute correlation from which two shares count as not separable. */
const SEPARABLE_BELOW = 0.95;

/**
 * Slopes of the outcome on a slice's share over runs without assignment, in outcome units per unit share: naive, and
 * adjusted for other slices (backdoor adjustment by linear regression, Pearl 2009, section 3.3). Standard errors are HC3
 * (MacKinnon and White 1985). Both are associations. Undefined with fewer runs than `adjustFor.length` + 4.
 */
export function observationalSlopes(
  experiment: Experiment,
  { capability, slice, adjustFor }: ObservationalQuestion,
): ObservationalSlopes | undefined {
  const arms = armsOf(experiment, 'observational');
  const runs = arms.flatMap((arm) => scoredRuns(experiment, arm, capability));
  if (runs.length < adjustFor.length + 4) return undefined;
  const shares = (of: string) => runs.map((run) => shareOf(run.shares, of));
  const correlated = adjustFor.map((other) => ({
    slice: other,
    correlation: pearson(shares(slice), shares(other)),
  }));
  return {
    naive: firstSlope(runs, [slice]),
    adjusted: firstSlope(runs, [slice, ...adjustFor]),
    adjustedFor: adjustFor,
    notSeparable: correlated.filter(({ correlation }) => Math.abs(correlation) >= SEPARABLE_BELOW),
    identification: adjustFor.length > 0 ? 'observational_adjusted' : 'associational',
    n: { runs: runs.length },
  };
}

/** Slope on the first slice, by least squares with an intercept, and its HC3 standard error. */
function firstSlope(runs: readonly ScoredRun[], slices: readonly string[]): ObservedSlope {
  const design = runs.map((run) =>
    Float64Array.from([1, ...slices.map((slice) => shareOf(run.shares, slice))]),
  );
  const values = runs.map((run) => run.score.value);
  const fit = leastSquares(design, values);
  const variances = hc3Variances(design, values, fit);
  return { slope: fit.coefficients[1]!, standardError: Math.sqrt(variances[1]!) };
}
