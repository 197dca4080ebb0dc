import { mean, quantile, variance } from '../numerics/moments.ts';
import { permutation, resampleCounts } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { twoSidedP } from '../statistics/student-t.ts';
import { clusters } from './surface.ts';
import type { FittedForm, Observations } from './surface.ts';
import type { Interval } from '../statistics/welch.ts';

/** Two mixtures that are compared, and the direction in which `more` gains a unit share of the slice. */
export type Contrast = {
  readonly more: Float64Array;
  readonly less: Float64Array;
  readonly direction: Float64Array;
};

type Bootstrapped = {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly pValue: number;
};

/** `finite` is Y(more) - Y(less); `slope` is the derivative per unit share of the slice at `more`. They may differ in sign. */
export type SurfaceEffect = {
  readonly finite: Bootstrapped;
  readonly slope: Bootstrapped;
  readonly resamples: number;
};

type Surface = (shares: Float64Array) => number;

/** Step of the numerical derivative, in shares. */
const STEP = 0.01;

/** Degrees of freedom at which Student's t equals the normal distribution. */
const NORMAL = 1e7;

const finiteEffect = (surface: Surface, { more, less }: Contrast) => surface(more) - surface(less);

function slopeAt(surface: Surface, { more, direction }: Contrast): number {
  const moved = (length: number) => more.map((share, index) => share + length * direction[index]!);
  const back = moved(-STEP).some((share) => share < 0) ? 0 : STEP;
  return (surface(moved(STEP)) - surface(moved(-back))) / (STEP + back);
}

/** A Gaussian process on many rows gets fewer resamples: each refit factorises a matrix. */
const resamplesFor = ({ id }: FittedForm, rows: number) =>
  id === 'gaussian_process' && rows > 300 ? 300 : 1000;

/**
 * Effects of several contrasts with percentile intervals by cluster bootstrap (Davison and Hinkley 1997, section 3.8):
 * mixtures are resampled whole, so that seeds of one mixture stay together. All contrasts share one set of resamples, so
 * an effect does not depend on the other questions.
 */
export function surfaceEffects(
  form: FittedForm,
  observations: Observations,
  contrasts: readonly Contrast[],
  options: {
    readonly generator: Random;
    readonly level: number;
    readonly values?: Float64Array;
    readonly resamples?: number;
  },
): SurfaceEffect[] {
  const { generator, level, values = observations.values } = options;
  const resamples = options.resamples ?? resamplesFor(form, values.length);
  const { names, of } = clusters(observations);
  const stretch = smallSampleCorrection(names.length, form.parameters);
  const whole = form.refit(new Float64Array(of.length).fill(1), values);
  const draws = Array.from({ length: resamples }, () => {
    const counts = resampleCounts(names.length, generator);
    const surface = form.refit(
      Float64Array.from(of, (cluster) => counts[cluster]!),
      values,
    );
    return contrasts.map((contrast) => ({
      finite: finiteEffect(surface, contrast),
      slope: slopeAt(surface, contrast),
    }));
  });
  return contrasts.map((contrast, index) => ({
    finite: bootstrapSummary(
      finiteEffect(whole, contrast),
      draws.map((draw) => draw[index]!.finite),
      { level, stretch },
    ),
    slope: bootstrapSummary(
      slopeAt(whole, contrast),
      draws.map((draw) => draw[index]!.slope),
      { level, stretch },
    ),
    resamples,
  }));
}

/** Correction of the spread for fitted parameters: sqrt(n / (n - p)), with n / (n - p) at most 4. */
const smallSampleCorrection = (mixtures: number, parameters: number) =>
  Math.sqrt(Math.min(4, mixtures / Math.max(1, mixtures - parameters)));

/** Twice the share of draws beyond zero; where there is none, the normal tail resolves smaller p values than a count. */
function tailP(beyond: number, count: number, z: number): number {
  const counted = Math.min(1, (2 * (beyond + 1)) / (count + 1));
  return beyond === 0 ? Math.min(counted, twoSidedP(z, NORMAL)) : counted;
}

type Scale = { readonly level: number; readonly stretch: number };

function bootstrapSummary(
  value: number,
  resampled: readonly number[],
  { level, stretch }: Scale,
): Bootstrapped {
  const draws = resampled.map((draw) => value + stretch * (draw - value));
  const tail = (1 - level) / 2;
  const interval = {
    low: quantile(draws, tail),
    high: quantile(draws, 1 - tail),
    level,
    method: 'cluster_bootstrap_percentile',
  };
  const below = draws.filter((draw) => draw <= 0).length;
  const above = draws.filter((draw) => draw >= 0).length;
  const standardError = Math.sqrt(variance(draws));
  const pValue = tailP(Math.min(below, above), draws.length, value / standardError);
  return { value, standardError, interval, pValue };
}

/** Outcomes permuted among the mixtures, the runs of one mixture together: no effect of mixtures remains. */
export function shuffledOutcomes(observations: Observations, generator: Random): Float64Array {
  const { names, of } = clusters(observations);
  const rowsOf = names.map((_, cluster) => [...of.keys()].filter((row) => of[row] === cluster));
  const shuffled = observations.values.slice();
  for (const [cluster, source] of permutation(names.length, generator).entries()) {
    const from = rowsOf[source]!;
    for (const [rank, row] of rowsOf[cluster]!.entries()) {
      shuffled[row] = observations.values[from[rank % from.length]!]!;
    }
  }
  return shuffled;
}

/** Sum of squares between seeds of the same mixture and its degrees of freedom; zero degrees without replicates. */
export function replicateNoise(observations: Observations): {
  readonly squares: number;
  readonly degreesOfFreedom: number;
} {
  const { names, of } = clusters(observations);
  let squares = 0;
  for (const cluster of names.keys()) {
    const values = observations.values.filter((_, row) => of[row] === cluster);
    const centre = mean(values);
    squares += values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  }
  return { squares, degreesOfFreedom: of.length - names.length };
}
