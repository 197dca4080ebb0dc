import { fitGaussianProcess } from './gaussian-process-surface.ts';
import { fitLogLinear } from './log-linear.ts';
import { mean, variance } from '../numerics/moments.ts';
import { permutation } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { lackOfFit } from './interactions.ts';
import { fitScheffe } from './scheffe.ts';
import type { ScheffeOrder } from './scheffe.ts';
import { studentQuantile } from '../statistics/student-t.ts';
import { clusters } from './surface.ts';
import type { FittedForm, FormId, Observations, SurfaceForm } from './surface.ts';

/** Root mean squared error of each form on held-out mixtures, in the outcome's unit. */
export type FormError = { readonly form: FormId; readonly crossValidatedError: number };

export type ResponseSurface = {
  readonly form: FittedForm;
  readonly observations: Observations;
  readonly estimator: { readonly id: string; readonly version: string };
  readonly chosenBy: string;
  readonly considered: readonly FormError[];
};

export type PredictedValue = { readonly mean: number; readonly low: number; readonly high: number };

export const SURFACE_VERSION = '1';
const FOLDS = 10;
const CHOSEN_BY =
  `${FOLDS}-fold cross-validation by mixture, simplest form within two standard errors of the best` +
  ' among those that replicate seeds do not reject';

/** From the simplest to the most flexible. */
const FORMS: readonly SurfaceForm[] = [
  (observations) => fitScheffe(observations, 'linear'),
  fitLogLinear,
  (observations) => fitScheffe(observations, 'quadratic'),
  fitGaussianProcess,
];

/**
 * Fits every form and chooses the simplest whose cross-validated error is within two standard errors of the best (the
 * standard-error rule of Breiman et al. 1984), among those that replicated seeds do not reject. Undefined where no form can
 * be fitted.
 */
export function fitSurface(observations: Observations, generator: Random): ResponseSurface | undefined {
  const folds = foldsByMixture(observations, FOLDS, generator);
  const candidates = FORMS.flatMap((fit) => fit(observations) ?? []).map((form) => ({
    form,
    errors: heldOutErrors(form, observations, folds),
  }));
  const chosen = simplestAmongBest(adequate(candidates, observations), observations);
  if (!chosen) return undefined;
  return {
    form: chosen.form,
    observations,
    estimator: { id: `response_surface.${chosen.form.id}`, version: SURFACE_VERSION },
    chosenBy: CHOSEN_BY,
    considered: candidates.map(({ form, errors }) => ({
      form: form.id,
      crossValidatedError: Math.sqrt(mean(errors)),
    })),
  };
}

const ORDERS = new Map<FormId, ScheffeOrder>([
  ['scheffe_linear', 'linear'],
  ['scheffe_quadratic', 'quadratic'],
]);

/** Whether the lack-of-fit F test rejects a polynomial at 5 %. */
export function lacksFit(form: FittedForm, observations: Observations): boolean {
  const order = ORDERS.get(form.id);
  const test = order && lackOfFit(observations, order);
  return test !== undefined && test.pValue < 0.05;
}

/** Candidates that are not rejected, or all where every one is rejected; `lack_of_fit` warns of the latter. */
function adequate(candidates: readonly Candidate[], observations: Observations): readonly Candidate[] {
  const kept = candidates.filter(({ form }) => !lacksFit(form, observations));
  return kept.length > 0 ? kept : candidates;
}

type Candidate = { readonly form: FittedForm; readonly errors: Float64Array };

/**
 * The standard-error rule (Breiman et al. 1984) on paired differences of squared errors, one for each mixture. Two standard
 * errors, because every further form is another chance to be chosen by luck.
 */
function simplestAmongBest(
  candidates: readonly Candidate[],
  observations: Observations,
): Candidate | undefined {
  const { names, of } = clusters(observations);
  const [first, ...others] = candidates;
  if (!first) return undefined;
  const best = others.reduce((least, one) => (mean(one.errors) < mean(least.errors) ? one : least), first);
  return candidates.find(({ errors }) => {
    const gaps = perMixture(
      errors.map((error, row) => error - best.errors[row]!),
      of,
      names.length,
    );
    return mean(gaps) <= 2 * Math.sqrt(variance(gaps) / gaps.length);
  });
}

function perMixture(values: Float64Array, of: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (const [row, cluster] of of.entries()) sums[cluster]! += values[row]!;
  return sums;
}

/** Mean and interval of the outcome of a new run; the interval includes the noise of a run. */
export function predictValue({ form }: ResponseSurface, shares: Float64Array, level = 0.95): PredictedValue {
  const { mean: centre, sd } = form.predict(shares);
  const reach = sd * studentQuantile(0.5 + level / 2, Math.min(form.degreesOfFreedom, 1e7));
  return { mean: centre, low: centre - reach, high: centre + reach };
}

/** The fold of every row; runs of one mixture share a fold. */
export function foldsByMixture(observations: Observations, folds: number, generator: Random): Int32Array {
  const { names, of } = clusters(observations);
  const order = permutation(names.length, generator);
  const foldOf = new Int32Array(names.length);
  for (const [position, cluster] of order.entries()) foldOf[cluster] = position % folds;
  return of.map((cluster) => foldOf[cluster]!);
}

/** Squared error of each row's prediction from the other folds; hyperparameters are those of the fit to all rows. */
function heldOutErrors(form: FittedForm, observations: Observations, folds: Int32Array): Float64Array {
  const errors = new Float64Array(folds.length);
  for (const fold of [...new Set(folds)].toSorted((left, right) => left - right)) {
    const surface = form.refit(folds.map((of) => Number(of !== fold)));
    for (const [row, shares] of observations.shares.entries()) {
      if (folds[row] === fold) errors[row] = (observations.values[row]! - surface(shares)) ** 2;
    }
  }
  return errors;
}
