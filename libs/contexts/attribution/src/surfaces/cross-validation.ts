import { permutation } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { clusters } from './surface.ts';
import type { FittedForm, Observations } from './surface.ts';

/** For every row the fold that holds it out; runs of one mixture share a fold. */
export function foldsByMixture(observations: Observations, folds: number, generator: Random): Int32Array {
  const { names, of } = clusters(observations);
  const order = permutation(names.length, generator);
  const foldOf = new Int32Array(names.length);
  for (const [position, cluster] of order.entries()) foldOf[cluster] = position % folds;
  return of.map((cluster) => foldOf[cluster]!);
}

/** Squared errors of predictions made without the row's own fold; hyperparameters stay those of the whole. */
export function heldOutErrors(form: FittedForm, observations: Observations, folds: Int32Array): Float64Array {
  const errors = new Float64Array(folds.length);
  for (const fold of [...new Set(folds)].toSorted((left, right) => left - right)) {
    const surface = form.refit(folds.map((of) => Number(of !== fold)));
    for (const [row, shares] of observations.shares.entries()) {
      if (folds[row] === fold) errors[row] = (observations.values[row]! - surface(shares)) ** 2;
    }
  }
  return errors;
}
