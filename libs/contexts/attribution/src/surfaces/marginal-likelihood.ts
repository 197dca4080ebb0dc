import { cholesky, inverse, logDeterminant, solve } from '../numerics/cholesky.ts';
import { gram, SCALARS, scales, SQRT5, squareDistance } from './covariance.ts';
import type { Hyperparameters, Point, Scales } from './covariance.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { minimise } from '../numerics/minimise.ts';
import type { Evaluation, Minimum } from '../numerics/minimise.ts';

/** `targets` are standardised outcomes. */
export type GaussianProcessRows = { readonly points: readonly Point[]; readonly targets: Float64Array };

const startingPoint = (components: number): Hyperparameters =>
  Float64Array.from([...Array<number>(components).fill(0.3), 0, 0, Math.log(0.1)]);

/** Wide normal priors on the logarithms keep the length scale of a component without influence bounded. */
const priorMean = (theta: Hyperparameters, index: number) => (index < theta.length - SCALARS ? 0.5 : -0.5);
const PRIOR_VARIANCE = 4;

/** Negative log marginal likelihood (Rasmussen and Williams 2006, equations 2.30 and 5.9) with the priors, and its gradient. */
export function negativeLogLikelihood(
  { points, targets }: GaussianProcessRows,
  theta: Hyperparameters,
): Evaluation {
  const scale = scales(theta);
  const factor = cholesky(
    gram(points, scale, () => scale.noise),
    points.length,
  );
  const gradient = new Float64Array(theta.length);
  if (!factor) return { value: Number.POSITIVE_INFINITY, gradient };
  const weights = solve(factor, targets);
  let value = 0.5 * logDeterminant(factor);
  for (let row = 0; row < targets.length; row++) value += 0.5 * targets[row]! * weights[row]!;
  accumulateGradient({ points, scale, weights, precision: inverse(factor), gradient });
  for (let index = 0; index < theta.length; index++) {
    const gap = theta[index]! - priorMean(theta, index);
    value += (gap * gap) / (2 * PRIOR_VARIANCE);
    gradient[index]! += gap / PRIOR_VARIANCE;
  }
  return { value, gradient };
}

type GradientParts = {
  points: readonly Point[];
  scale: Scales;
  weights: Float64Array;
  precision: Float64Array;
  gradient: Float64Array;
};

function accumulateGradient({ points, scale, weights, precision, gradient }: GradientParts): void {
  const size = points.length;
  const components = scale.weights.length;
  for (let row = 0; row < size; row++) {
    const left = points[row]!;
    for (let column = 0; column < row; column++) {
      const right = points[column]!;
      const pull = precision[row * size + column]! - weights[row]! * weights[column]!;
      const squared = squareDistance(left.coordinates, right.coordinates, scale.weights);
      const distance = SQRT5 * Math.sqrt(squared);
      const decay = Math.exp(-distance) * scale.signal * pull;
      addLengthSlopes(gradient, left.coordinates, right.coordinates, {
        weights: scale.weights,
        slope: (5 / 3) * (1 + distance) * decay,
      });
      gradient[components]! += 2 * (1 + distance + (5 / 3) * squared) * decay;
      gradient[components + 1]! += 2 * scale.trend * dotProduct(left.shares, right.shares) * pull;
    }
    const own = precision[row * size + row]! - weights[row]! * weights[row]!;
    gradient[components]! += scale.signal * own;
    gradient[components + 1]! += scale.trend * dotProduct(left.shares, left.shares) * own;
    gradient[components + 2]! += scale.noise * own;
  }
}

type LengthSlopes = { readonly weights: Float64Array; readonly slope: number };

function addLengthSlopes(
  gradient: Float64Array,
  left: Float64Array,
  right: Float64Array,
  { weights, slope }: LengthSlopes,
) {
  for (let k = 0; k < weights.length; k++) {
    const gap = left[k]! - right[k]!;
    gradient[k]! += slope * gap * gap * weights[k]!;
  }
}

/** At most `most` rows, evenly spaced in their order: a deterministic subset. */
function thinned({ points, targets }: GaussianProcessRows, most: number): GaussianProcessRows {
  const count = Math.min(most, points.length);
  const kept = Array.from({ length: count }, (_, index) => Math.floor((index * points.length) / count));
  return {
    points: kept.map((row) => points[row]!),
    targets: Float64Array.from(kept, (row) => targets[row]!),
  };
}

const SEARCH_ROWS = 200;

/** Searches on at most 200 rows, to compare metrics and to start `polishHyperparameters`. */
export function searchHyperparameters(rows: GaussianProcessRows): Minimum {
  const few = thinned(rows, SEARCH_ROWS);
  const start = startingPoint(rows.points[0]?.coordinates.length ?? 0);
  return minimise((theta) => negativeLogLikelihood(few, theta), start, { iterations: 60, tolerance: 1e-3 });
}

/** Refines the hyperparameters by a few steps on all rows. */
export function polishHyperparameters(rows: GaussianProcessRows, start: Hyperparameters): Hyperparameters {
  if (rows.points.length <= SEARCH_ROWS) return start;
  return minimise((theta) => negativeLogLikelihood(rows, theta), start, { iterations: 12, tolerance: 0.05 })
    .point;
}
