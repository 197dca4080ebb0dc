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
  /** Adjusters that move with the slice so closely that their shares in the outcome can't be told apart. */
  readonly notSeparable: readonly { readonly slice: string; readonly correlation: number }[];
  readonly identification: Identification;
  readonly n: { readonly runs: number };
};

export type ObservationalQuestion = {
  readonly capability: string;
  readonly slice: string;
  /** Slices that whoever chose the mixtures may have changed along with this one. */
  readonly adjustFor: readonly string[];
};

const SEPARABLE_BELOW = 0.95;

/** E8: slopes over runs that nobody assigned; an association even after adjustment. Undefined with too few runs. */
export function observationalSlopes(
  experiment: Experiment,
  { capability, slice, adjustFor }: ObservationalQuestion,
): ObservationalSlopes | undefined {
  const arms = armsOf(experiment, 'observational');
  const runs = arms.flatMap(({ arm }) => scoredRuns(experiment, arm, capability));
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

/** Least squares with an intercept; the error is heteroscedasticity-consistent. */
function firstSlope(runs: readonly ScoredRun[], slices: readonly string[]): ObservedSlope {
  const design = runs.map((run) =>
    Float64Array.from([1, ...slices.map((slice) => shareOf(run.shares, slice))]),
  );
  const values = runs.map((run) => run.score.value);
  const fit = leastSquares(design, values);
  const variances = hc3Variances(design, values, fit);
  return { slope: fit.coefficients[1]!, standardError: Math.sqrt(variances[1]!) };
}
