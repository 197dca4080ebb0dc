/** Observations of one outcome: row i is one run, its closed shares in the order of `components`. */
export type Observations = {
  readonly components: readonly string[];
  /** The mixture each run was trained on; runs of one mixture are resampled and held out together. */
  readonly mixtures: readonly string[];
  readonly shares: readonly Float64Array[];
  readonly values: Float64Array;
};

export type FormId = 'scheffe_linear' | 'scheffe_quadratic' | 'log_linear' | 'gaussian_process';

/** `sd` is that of a new observation: the surface's own uncertainty and the noise of a run. */
type Prediction = { readonly mean: number; readonly sd: number };

export type FittedForm = {
  readonly id: FormId;
  /** Effective number: terms of a polynomial, trace of a smoother. */
  readonly parameters: number;
  /** Of the reference t distribution for `sd`; infinite for a Gaussian posterior. */
  readonly degreesOfFreedom: number;
  predict(shares: Float64Array): Prediction;
  /** The surface alone, refitted with row weights (0 leaves a row out) and hyperparameters kept. */
  refit(weights: ArrayLike<number>, values?: Float64Array): (shares: Float64Array) => number;
};

/** Undefined where the form has too few observations to be fitted. */
export type SurfaceForm = (observations: Observations) => FittedForm | undefined;

/** Mixture names in sorted order, and for every row the index of its own. */
export function clusters({ mixtures }: Observations): {
  readonly names: readonly string[];
  readonly of: Int32Array;
} {
  const names = [...new Set(mixtures)].toSorted();
  const indexOf = new Map(names.map((name, index) => [name, index]));
  return { names, of: Int32Array.from(mixtures, (name) => indexOf.get(name)!) };
}
