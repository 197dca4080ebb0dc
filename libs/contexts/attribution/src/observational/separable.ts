import type { Warning } from '../experiment.ts';
import { orthonormal, unexplained } from '../numerics/orthonormal.ts';
import type { Covariate } from './covariates.ts';
import { SEPARABLE_BELOW } from './moves-together.ts';

/** A covariate with its multiple correlation with the share of the slice, from 0 to 1. */
export type Correlated = Covariate & { readonly correlation: number };

/** Each covariate with its correlation with the share, where what `held` spans is held: nothing but the mean by default. */
export function correlated(
  covariates: readonly Covariate[],
  share: Float64Array,
  held: readonly Float64Array[] = orthonormal(share.length, []),
): Correlated[] {
  return covariates.map((covariate) => {
    const left = unexplained(share, orthonormal(share.length, covariate.columns, held), held);
    return { ...covariate, correlation: Math.sqrt(Math.max(0, 1 - left)) };
  });
}

const NAMED = 5;

const listed = (covariates: readonly Correlated[]) => {
  const strongest = covariates.toSorted((left, right) => right.correlation - left.correlation);
  const more = strongest.length > NAMED ? ` and ${strongest.length - NAMED} more` : '';
  const named = strongest
    .slice(0, NAMED)
    .map(({ field, correlation }) => `${field} (correlation ${correlation.toFixed(3)})`);
  return `${named.join(', ')}${more}`;
};

/**
 * Why the effect of the share cannot be told from that of what differs with it: one covariate has a correlation of .95 or
 * more with it, or all that `basis` spans have together, with the shares of the other slices (`held`) as they are.
 * Undefined where it can be told.
 */
export function notSeparable(
  slice: string,
  covariates: readonly Correlated[],
  share: Float64Array,
  { basis, held }: { readonly basis: readonly Float64Array[]; readonly held: readonly Float64Array[] },
): Warning | undefined {
  const tied = covariates.filter(({ correlation }) => correlation >= SEPARABLE_BELOW);
  if (tied.length > 0) {
    const text = `The share of ${slice} cannot be told from what moves with it: ${listed(tied)}.`;
    return { code: 'not_separable', text };
  }
  const together = Math.sqrt(Math.max(0, 1 - unexplained(share, basis, held)));
  if (together < SEPARABLE_BELOW) return undefined;
  const text =
    `With the shares of the other slices held, that of ${slice} cannot be told from the recorded covariates together ` +
    `(multiple correlation ${together.toFixed(3)}): ${listed(correlated(covariates, share, held))}. Runs are needed that ` +
    'agree in these and differ in the share; a swap of two slices that were run alike needs the fewest.';
  return { code: 'not_separable', text };
}
