import { normalCdf } from '../numerics/normal-cdf.ts';

/**
 * The prior of a surface at one point `z` of its d + 3 hyperparameters, all standard normal a priori: a Gaussian process
 * on F = log(share + ε), standardised over the runs, with a linear trend in F. Covariance in units of the noise variance:
 * s² exp(-½ Σ_j (F_ij - F_mj)² / ℓ_j²) + g² Σ_j a_j² F_ij F_mj (Rasmussen and Williams 2006, eq. 2.39 and 4.31).
 */
export type LogShareProcess = {
  /** Runs times slices, row-major: F_ij / ℓ_j. */
  readonly scaled: Float64Array;
  /** Runs times slices, row-major: g a_j F_ij. */
  readonly trend: Float64Array;
  /** s². */
  readonly variance: number;
  readonly slices: number;
  /** ε, and what makes coordinates of log(share + ε): centre and spread over the runs, ℓ and g a of each slice. */
  readonly form: { readonly epsilon: number } & Standard & Stretch;
  readonly coordinates: (shares: Float64Array) => Coordinates;
  /** Change of the coordinates at a mixture per unit of a change of its shares. */
  readonly tangent: (shares: Float64Array, change: Float64Array) => Coordinates;
};

/** One mixture in the coordinates of a process. */
export type Coordinates = { readonly scaled: Float64Array; readonly trend: Float64Array };

/** Largest absolute value of a hyperparameter. */
export const BOUND = 4;

export const hyperparameters = (slices: number) => slices + 3;

/** ε in shares: where the coordinate turns from linear to logarithmic; from .001 to 10, uniform in its logarithm. */
const epsilonOf = (z: number) => 10 ** (-3 + 4 * normalCdf(z));

type Standard = { readonly centre: Float64Array; readonly spread: Float64Array };

function standardOf(logs: Float64Array, slices: number): Standard {
  const runs = logs.length / slices;
  const centre = new Float64Array(slices);
  const spread = new Float64Array(slices);
  for (let row = 0; row < logs.length; row += slices)
    for (let j = 0; j < slices; j++) centre[j]! += logs[row + j]! / runs;
  for (let row = 0; row < logs.length; row += slices)
    for (let j = 0; j < slices; j++) spread[j]! += (logs[row + j]! - centre[j]!) ** 2 / runs;
  for (let j = 0; j < slices; j++) spread[j] = spread[j]! > 1e-20 ? Math.sqrt(spread[j]!) : 1;
  return { centre, spread };
}

type Stretch = { readonly lengths: Float64Array; readonly slopes: Float64Array };

/** ℓ_j and g a_j of each slice. */
function stretchOf(slices: number, z: Float64Array): Stretch {
  const lengths = new Float64Array(slices);
  const slopes = new Float64Array(slices);
  const slope = 3 * Math.exp(2 * z[slices + 1]!);
  for (let j = 0; j < slices; j++) {
    lengths[j] = 2.5 * Math.sqrt(slices) * Math.exp(1.2 * z[j]!);
    slopes[j] = slope * Math.exp(-1.2 * z[j]!);
  }
  return { lengths, slopes };
}

/** Standardised values in the coordinates of a process. */
function stretched(standardised: Float64Array, { lengths, slopes }: Stretch): Coordinates {
  const slices = lengths.length;
  const scaled = new Float64Array(standardised.length);
  const trend = new Float64Array(standardised.length);
  for (let row = 0; row < standardised.length; row += slices) {
    for (let j = 0; j < slices; j++) {
      scaled[row + j] = standardised[row + j]! / lengths[j]!;
      trend[row + j] = standardised[row + j]! * slopes[j]!;
    }
  }
  return { scaled, trend };
}

/** log(share + ε), standardised in place. */
function standardise(logs: Float64Array, { centre, spread }: Standard): Float64Array {
  const slices = centre.length;
  for (let row = 0; row < logs.length; row += slices)
    for (let j = 0; j < slices; j++) logs[row + j] = (logs[row + j]! - centre[j]!) / spread[j]!;
  return logs;
}

function logsOf(shares: Float64Array, epsilon: number): Float64Array {
  const logs = new Float64Array(shares.length);
  for (let at = 0; at < shares.length; at++) logs[at] = Math.log(shares[at]! + epsilon);
  return logs;
}

/** The process at `z`; `shares` is runs times slices, flat and row-major. */
export function logShareProcess(shares: Float64Array, slices: number, z: Float64Array): LogShareProcess {
  const epsilon = epsilonOf(z[slices + 2]!);
  const stretch = stretchOf(slices, z);
  const logs = logsOf(shares, epsilon);
  const standard = standardOf(logs, slices);
  const { spread } = standard;
  return {
    ...stretched(standardise(logs, standard), stretch),
    variance: Math.exp(4 * z[slices]!),
    slices,
    form: { epsilon, ...standard, ...stretch },
    coordinates: (mixture) =>
      stretched(
        standardise(
          mixture.map((share) => Math.log(Math.max(0, share) + epsilon)),
          standard,
        ),
        stretch,
      ),
    tangent: (mixture, change) =>
      stretched(
        change.map((value, j) => value / ((Math.max(0, mixture[j]!) + epsilon) * spread[j]!)),
        stretch,
      ),
  };
}

type Pair = { at: number; other: number };

/** Covariance of the process between row `at` of `left` and row `other` of `right`. */
export function covariance(
  { slices, variance }: LogShareProcess,
  left: Coordinates,
  right: Coordinates,
  { at, other }: Pair,
): number {
  const { scaled, trend } = left;
  const { scaled: otherScaled, trend: otherTrend } = right;
  let from = at * slices;
  let to = other * slices;
  let distance = 0;
  let product = 0;
  for (let j = 0; j < slices; j++, from++, to++) {
    const gap = scaled[from]! - otherScaled[to]!;
    distance += gap * gap;
    product += trend[from]! * otherTrend[to]!;
  }
  return variance * Math.exp(-0.5 * distance) + product;
}

/** Lower half of the covariance of the runs, flat and row-major; the upper half is zero. */
export function covarianceOfRuns(process: LogShareProcess, runs: number): Float64Array {
  const matrix = new Float64Array(runs * runs);
  const pair = { at: 0, other: 0 };
  for (pair.at = 0; pair.at < runs; pair.at++) {
    for (pair.other = 0; pair.other <= pair.at; pair.other++)
      matrix[pair.at * runs + pair.other] = covariance(process, process, process, pair);
  }
  return matrix;
}
