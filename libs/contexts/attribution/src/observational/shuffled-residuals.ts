import type { NegativeControl } from '../effect.ts';
import { residualOf } from '../numerics/orthonormal.ts';
import { permutation } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { pValueOf } from '../statistics/welch.ts';
import type { PartialRegression } from './partial-slope.ts';

const TRIALS = 199;

/** Part of the trials without an effect that may show one; by chance 199 trials at 5 % exceed it once in a thousand. */
const MOST = 0.1;

/**
 * The estimate where there is no effect: what the covariates and the other shares leave of the outcome is permuted over the
 * runs (Freedman and Lane 1983), which keeps their effects and removes that of the slice.
 */
export function shuffledResiduals(
  { adjusted, basis }: { readonly adjusted: PartialRegression; readonly basis: readonly Float64Array[] },
  values: Float64Array,
  level: number,
  generator: Random,
): NegativeControl {
  const rest = residualOf(values, basis);
  const fitted = values.map((value, run) => value - rest[run]!);
  let falsePositives = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const order = permutation(values.length, generator);
    const shuffled = fitted.map((value, run) => value + rest[order[run]!]!);
    if (pValueOf(adjusted.slopeOf(shuffled).robust) <= 1 - level) falsePositives++;
  }
  const isClean = falsePositives <= MOST * TRIALS;
  return {
    name: 'shuffled_residuals',
    outcome: isClean ? 'passed' : 'failed',
    trials: TRIALS,
    falsePositives,
    attainableLevel: 1 / (TRIALS + 1),
    planted: null,
    found: null,
    text:
      `With what the covariates leave of the outcome shuffled over the runs, ${falsePositives} of ${TRIALS} trials show an ` +
      `effect at the level of the interval; more than ${100 * MOST} % would mean that it is too narrow.`,
  };
}
