/** Observations of one outcome. Row i is one run; its shares are in the order of `components` and sum to one. */
export type Observations = {
  readonly components: readonly string[];
  /** Mixture of each run; runs of one mixture are resampled and held out together. */
  readonly mixtures: readonly string[];
  readonly shares: readonly Float64Array[];
  readonly values: Float64Array;
};

export type FormId = 'scheffe_linear' | 'scheffe_quadratic' | 'log_linear' | 'gaussian_process';

/** `sd` is that of a new run: the uncertainty of the surface and the noise of a run. */
type Prediction = { readonly mean: number; readonly sd: number };

export type FittedForm = {
  readonly id: FormId;
  /** Effective number of parameters: terms of a polynomial, trace of a smoother. */
  readonly parameters: number;
  /** Degrees of freedom of the t distribution for `sd`; infinite for a Gaussian posterior. */
  readonly degreesOfFreedom: number;
  predict(shares: Float64Array): Prediction;
  /** The surface refitted with row weights (0 leaves a row out) and the same hyperparameters. */
  refit(weights: ArrayLike<number>, values?: Float64Array): (shares: Float64Array) => number;
};

/** Fits one form; undefined with too few observations. */
export type SurfaceForm = (observations: Observations) => FittedForm | undefined;

/** Sorted mixture names, and the index of its mixture for every row. */
export function clusters({ mixtures }: Observations): {
  readonly names: readonly string[];
  readonly of: Int32Array;
} {
  const names = [...new Set(mixtures)].toSorted();
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return { names, of: Int32Array.from(mixtures, (name) => indexOf.get(name)!) };
}
