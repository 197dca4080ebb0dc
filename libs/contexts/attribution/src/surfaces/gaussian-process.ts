import { cholesky, inverse, solve, solveLower } from '../numerics/cholesky.ts';
import type { Cholesky } from '../numerics/cholesky.ts';
import { covariance, gram, scales } from './covariance.ts';
import type { Hyperparameters, Point } from './covariance.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import type { GaussianProcessRows } from './marginal-likelihood.ts';

type Posterior = { readonly mean: number; readonly variance: number };

type GaussianProcess = {
  /** Variance of the noiseless surface, in squared standardised units. */
  predict(point: Point): Posterior;
  mean(point: Point): number;
  readonly noiseVariance: number;
};

export type Diagnosed = GaussianProcess & {
  /** Leave-one-out residuals divided by their predictive sd (Rasmussen and Williams 2006, equations 5.10 to 5.12). */
  readonly standardisedResiduals: Float64Array;
  /** Trace of the smoother that turns targets into fitted values. */
  readonly effectiveParameters: number;
};

type Conditioned = {
  readonly process: GaussianProcess;
  readonly factor: Cholesky;
  readonly weights: Float64Array;
};

function conditioned(
  rows: GaussianProcessRows,
  theta: Hyperparameters,
  repeats?: ArrayLike<number>,
): Conditioned {
  const scale = scales(theta);
  const kept = rows.points.map((_, row) => row).filter((row) => (repeats?.[row] ?? 1) > 0);
  const points = kept.map((row) => rows.points[row]!);
  const targets = Float64Array.from(kept, (row) => rows.targets[row]!);
  const matrix = gram(points, scale, (row) => scale.noise / (repeats?.[kept[row]!] ?? 1));
  const factor = cholesky(matrix, points.length) ?? notPositiveDefinite();
  const weights = solve(factor, targets);
  const against = (point: Point) => Float64Array.from(points, (other) => covariance(point, other, scale));
  const predict = (point: Point): Posterior => {
    const cross = against(point);
    const explained = solveLower(factor, cross);
    const prior = covariance(point, point, scale);
    return {
      mean: dotProduct(cross, weights),
      variance: Math.max(0, prior - dotProduct(explained, explained)),
    };
  };
  const mean = (point: Point) => dotProduct(against(point), weights);
  return { process: { noiseVariance: scale.noise, mean, predict }, factor, weights };
}

/** The posterior on the rows with given hyperparameters; `repeats[i]` counts row i as that many equal observations. */
export const condition = (rows: GaussianProcessRows, theta: Hyperparameters, repeats?: ArrayLike<number>) =>
  conditioned(rows, theta, repeats).process;

/** `condition` on all rows, with diagnostics of the fit from the inverse of the covariance. */
export function diagnose(rows: GaussianProcessRows, theta: Hyperparameters): Diagnosed {
  const { process, factor, weights } = conditioned(rows, theta);
  const precision = inverse(factor);
  const own = weights.map((_, row) => precision[row * factor.size + row]!);
  return {
    ...process,
    standardisedResiduals: weights.map((weight, row) => weight / Math.sqrt(own[row]!)),
    effectiveParameters: factor.size - process.noiseVariance * own.reduce((sum, value) => sum + value, 0),
  };
}

const notPositiveDefinite = (): never => {
  throw new RangeError('the covariance of the training mixtures is not positive definite');
};
