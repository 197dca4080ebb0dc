import { dotProduct } from '../numerics/least-squares.ts';

/** Whether distance is between shares or between their square roots, which separate small shares better. */
export type Metric = 'shares' | 'root_shares';

/** A mixture as the covariance takes it: `coordinates` for the Matérn part, `shares` for the linear trend. */
export type Point = { readonly coordinates: Float64Array; readonly shares: Float64Array };

export const pointIn = (metric: Metric, shares: Float64Array): Point => ({
  coordinates: metric === 'shares' ? shares : shares.map((share) => Math.sqrt(Math.max(0, share))),
  shares,
});

/** Natural logarithms of: one length scale per component, then the sd of signal, trend and noise. */
export type Hyperparameters = Float64Array;

export const SQRT5 = Math.sqrt(5);
const CONSTANT_VARIANCE = 1;
const JITTER = 1e-8;
/** Number of hyperparameters that are not length scales. */
export const SCALARS = 3;

export const squareDistance = (left: Float64Array, right: Float64Array, weights: Float64Array): number => {
  let sum = 0;
  for (let k = 0; k < weights.length; k++) {
    const gap = left[k]! - right[k]!;
    sum += gap * gap * weights[k]!;
  }
  return sum;
};

export type Scales = { weights: Float64Array; signal: number; trend: number; noise: number };

export function scales(theta: Hyperparameters): Scales {
  const components = theta.length - SCALARS;
  const variances = theta.slice(components).map((value) => Math.exp(2 * value));
  return {
    weights: theta.slice(0, components).map((value) => Math.exp(-2 * value)),
    signal: variances[0]!,
    trend: variances[1]!,
    noise: variances[2]!,
  };
}

/** Matérn 5/2 covariance (Rasmussen and Williams 2006, equation 4.17) with a trend linear in the shares. */
export function covariance(left: Point, right: Point, { weights, signal, trend }: Scales): number {
  const squared = squareDistance(left.coordinates, right.coordinates, weights);
  const distance = SQRT5 * Math.sqrt(squared);
  const matern = (1 + distance + (5 / 3) * squared) * Math.exp(-distance);
  return signal * matern + trend * dotProduct(left.shares, right.shares) + CONSTANT_VARIANCE;
}

export function gram(points: readonly Point[], scale: Scales, noise: (row: number) => number): Float64Array {
  const size = points.length;
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const value = covariance(points[row]!, points[column]!, scale);
      matrix[row * size + column] = value;
      matrix[column * size + row] = value;
    }
    matrix[row * size + row]! += noise(row) + JITTER;
  }
  return matrix;
}
