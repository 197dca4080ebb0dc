import { cholesky, inverse, logDeterminant, solve } from '../numerics/cholesky.ts';
import type { Cholesky } from '../numerics/cholesky.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import type { Evaluation } from '../numerics/minimise.ts';
import { covarianceOfRuns, logShareProcess } from './log-share-process.ts';
import type { LogShareProcess } from './log-share-process.ts';

/** Outcomes of one capability: `shares` is runs times slices, flat and row-major; `values` are centred. */
export type SurfaceRuns = {
  readonly shares: Float64Array;
  readonly slices: number;
  readonly values: Float64Array;
  /** Variance of the noise of each run, in units of that of a new run; all one by default. */
  readonly noise?: Float64Array;
};

/**
 * The process at one point of its hyperparameters, given the outcomes. With C = K + N, where N has the `noise` of the runs on its diagonal: `ones` u = C⁻¹1,
 * `precision` S = 1ᵀu, `mean` β = uᵀy / S, `residual` α = C⁻¹y - βu, `squares` Q = yᵀα. The mean has a flat prior and
 * the noise variance the prior 1/σ²; both are integrated out (Rasmussen and Williams 2006, eq. 2.42 and 2.45).
 */
export type Conditioned = {
  readonly process: LogShareProcess;
  readonly factor: Cholesky;
  readonly ones: Float64Array;
  readonly precision: number;
  readonly mean: number;
  readonly residual: Float64Array;
  readonly squares: number;
  readonly noise: Float64Array;
  /** Log posterior density of the hyperparameters, up to a constant. */
  readonly logDensity: number;
};

/** Added to the diagonal, relative to the largest variance, for runs of one mixture. */
const JITTER = 1e-10;

/** Step of the derivative by ε. */
const EPSILON_STEP = 1e-6;

/** Undefined where the covariance is not positive definite in floating point, or the outcomes do not vary. */
export function condition(runs: SurfaceRuns, z: Float64Array): Conditioned | undefined {
  const process = logShareProcess(runs.shares, runs.slices, z);
  return conditionOn(runs, z, process, covarianceOfRuns(process, runs.values.length));
}

function conditionOn(
  { values, noise = new Float64Array(values.length).fill(1) }: SurfaceRuns,
  z: Float64Array,
  process: LogShareProcess,
  matrix: Float64Array,
): Conditioned | undefined {
  const size = values.length;
  let largest = 0;
  for (let row = 0; row < size; row++) largest = Math.max(largest, matrix[row * (size + 1)]!);
  const lifted = matrix.slice();
  for (let row = 0; row < size; row++) lifted[row * (size + 1)]! += noise[row]! + JITTER * largest;
  const factor = cholesky(lifted, size);
  if (!factor) return undefined;
  const ones = solve(factor, new Float64Array(size).fill(1));
  let precision = 0;
  for (let row = 0; row < size; row++) precision += ones[row]!;
  const mean = dotProduct(ones, values) / precision;
  const residual = solve(factor, values);
  for (let row = 0; row < size; row++) residual[row]! -= mean * ones[row]!;
  const squares = dotProduct(values, residual);
  if (!(squares > 0) || !(precision > 0)) return undefined;
  const logDensity =
    -0.5 * (logDeterminant(factor) + Math.log(precision) + (size - 1) * Math.log(squares) + dotProduct(z, z));
  return { process, factor, ones, precision, mean, residual, squares, noise, logDensity };
}

/** Weights ∂L/∂K (lower half, diagonal halved): ½ (-C⁻¹ + uuᵀ/S + (n - 1) ααᵀ/Q), each pair counted twice. */
function sensitivity({ factor, ones, precision, residual, squares }: Conditioned): Float64Array {
  const { size } = factor;
  const weights = inverse(factor);
  const scale = (size - 1) / squares;
  for (let row = 0; row < size; row++) {
    const [one, rest] = [ones[row]! / precision, scale * residual[row]!];
    for (let column = 0; column <= row; column++) {
      const at = row * size + column;
      weights[at] = -weights[at]! + one * ones[column]! + rest * residual[column]!;
    }
    weights[row * (size + 1)]! *= 0.5;
  }
  return weights;
}

/** Gradient by length scales, amplitude and slope, added to `gradient`. */
function addCovarianceGradient(
  at: Conditioned,
  matrix: Float64Array,
  weights: Float64Array,
  gradient: Float64Array,
): void {
  const { slices, scaled, trend, variance } = at.process;
  const size = at.factor.size;
  let total = 0;
  let smooth = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const weight = weights[row * size + column]!;
      const pair = matrix[row * size + column]!;
      let product = 0;
      for (let j = 0; j < slices; j++) product += trend[row * slices + j]! * trend[column * slices + j]!;
      const correlated = weight * (pair - product);
      smooth += correlated;
      total += weight * pair;
      for (let j = 0; j < slices; j++) {
        const gap = scaled[row * slices + j]! - scaled[column * slices + j]!;
        const tilt = trend[row * slices + j]! * trend[column * slices + j]!;
        gradient[j]! += 1.2 * correlated * gap * gap - 2.4 * weight * tilt;
      }
    }
  }
  gradient[slices]! += variance > 0 ? 4 * smooth : 0;
  gradient[slices + 1]! += 4 * (total - smooth);
}

/** Derivative by the hyperparameter of ε, by a forward difference of the covariance. */
function epsilonGradient(
  runs: SurfaceRuns,
  z: Float64Array,
  matrix: Float64Array,
  weights: Float64Array,
): number {
  const moved = Float64Array.from(z);
  moved[runs.slices + 2]! += EPSILON_STEP;
  const next = covarianceOfRuns(logShareProcess(runs.shares, runs.slices, moved), runs.values.length);
  let sum = 0;
  for (let pair = 0; pair < next.length; pair++) sum += weights[pair]! * (next[pair]! - matrix[pair]!);
  return sum / EPSILON_STEP;
}

/** Minus the log posterior density and its gradient; infinite where it is undefined. */
export function minusLogPosterior(runs: SurfaceRuns, z: Float64Array): Evaluation {
  const process = logShareProcess(runs.shares, runs.slices, z);
  const matrix = covarianceOfRuns(process, runs.values.length);
  const at = conditionOn(runs, z, process, matrix);
  if (!at) return { value: Infinity, gradient: new Float64Array(z.length) };
  const weights = sensitivity(at);
  const gradient = z.map((value) => -value);
  addCovarianceGradient(at, matrix, weights, gradient);
  gradient[runs.slices + 2]! += epsilonGradient(runs, z, matrix, weights);
  return { value: -at.logDensity, gradient: gradient.map((value) => -value) };
}
