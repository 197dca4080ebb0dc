import { cholesky, solve } from '../numerics/cholesky.ts';
import type { Cholesky } from '../numerics/cholesky.ts';
import { dotProduct, leastSquares } from '../numerics/least-squares.ts';
import type { FittedForm, Observations } from './surface.ts';

/**
 * y = c + s exp(t.x), s = 1 or -1 ("Data Mixing Laws", Ye et al. 2024). The factor k of the paper is left out: shares sum
 * to one, so a constant in the exponent is part of t. `parameters` are [c, t...].
 */
type Curve = { readonly sign: 1 | -1; readonly parameters: Float64Array };
type Sample = { shares: readonly Float64Array[]; values: Float64Array; weights: ArrayLike<number> };

const ITERATIONS = 60;
const OFFSETS = [0.02, 0.05, 0.15, 0.5, 1, 3];

const exponentialTerm = ({ sign, parameters }: Curve, point: Float64Array) =>
  sign * Math.exp(Math.min(50, dotProduct(point, parameters.subarray(1))));

const valueAt = (curve: Curve, point: Float64Array) => curve.parameters[0]! + exponentialTerm(curve, point);

function squaredError(curve: Curve, { shares, values, weights }: Sample): number {
  let sum = 0;
  for (const [index, point] of shares.entries()) {
    const weight = weights[index]!;
    if (weight !== 0) sum += weight * (values[index]! - valueAt(curve, point)) ** 2;
  }
  return sum;
}

const slopes = (curve: Curve, point: Float64Array) => {
  const rise = exponentialTerm(curve, point);
  return Float64Array.from({ length: point.length + 1 }, (_, index) =>
    index === 0 ? 1 : rise * point[index - 1]!,
  );
};

/** Gauss-Newton normal equations J'WJ and J'Wr. */
function gaussNewton(curve: Curve, { shares, values, weights }: Sample) {
  const size = curve.parameters.length;
  const cross = new Float64Array(size * size);
  const right = new Float64Array(size);
  for (const [index, point] of shares.entries()) {
    const weight = weights[index]!;
    if (weight === 0) continue;
    const slope = slopes(curve, point);
    const residual = values[index]! - valueAt(curve, point);
    for (let a = 0; a < size; a++) {
      right[a]! += weight * slope[a]! * residual;
      for (let b = 0; b <= a; b++) cross[a * size + b]! += weight * slope[a]! * slope[b]!;
    }
  }
  return { cross, right };
}

function damped(cross: Float64Array, size: number, damping: number): Cholesky | undefined {
  const matrix = cross.slice();
  for (let a = 0; a < size; a++) matrix[a * size + a] = cross[a * size + a]! * (1 + damping) + 1e-12;
  return cholesky(matrix, size);
}

/** Levenberg-Marquardt with Marquardt's scaling (Marquardt 1963) and an analytic Jacobian. */
function levenbergMarquardt(
  start: Curve,
  sample: Sample,
  iterations: number,
): { curve: Curve; error: number } {
  let curve = start;
  let error = squaredError(curve, sample);
  let damping = 1e-2;
  for (let step = 0; step < iterations && damping < 1e10; step++) {
    const { cross, right } = gaussNewton(curve, sample);
    const factor = damped(cross, right.length, damping);
    const move = factor ? solve(factor, right) : undefined;
    const next = move && {
      ...curve,
      parameters: curve.parameters.map((value, index) => value + move[index]!),
    };
    const nextError = next ? squaredError(next, sample) : Number.POSITIVE_INFINITY;
    if (next && nextError < error) {
      const gain = error - nextError;
      curve = next;
      error = nextError;
      damping /= 5;
      if (gain < 1e-10 * error) break;
    } else damping *= 4;
  }
  return { curve, error };
}

/** For a given c the logarithm is linear in t. */
function startAt(sample: Sample, sign: 1 | -1, offset: number): Curve {
  const { shares, values } = sample;
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const range = highest - lowest || 1;
  const c = sign === 1 ? lowest - offset * range : highest + offset * range;
  const logarithms = values.map((value) => Math.log(sign * (value - c)));
  const { coefficients } = leastSquares(shares, logarithms, undefined, 1e-4);
  return { sign, parameters: Float64Array.from([c, ...coefficients]) };
}

/** The best of twelve starts: six asymptotes below and six above the values. Undefined with fewer than two distinct mixtures per parameter. */
export function fitLogLinear({ shares, values, mixtures }: Observations): FittedForm | undefined {
  const parameters = (shares[0]?.length ?? 0) + 1;
  if (new Set(mixtures).size < 2 * parameters) return undefined;
  const sample = { shares, values, weights: new Float64Array(values.length).fill(1) };
  const starts = OFFSETS.flatMap((offset) => [startAt(sample, 1, offset), startAt(sample, -1, offset)]);
  const best = starts
    .map((start) => levenbergMarquardt(start, sample, ITERATIONS))
    .reduce((least, found) => (found.error < least.error ? found : least));
  const degreesOfFreedom = values.length - parameters;
  const noise = best.error / degreesOfFreedom;
  const factor = damped(gaussNewton(best.curve, sample).cross, parameters, 1e-9);
  return {
    id: 'log_linear',
    parameters,
    degreesOfFreedom,
    predict: (point) => {
      const slope = slopes(best.curve, point);
      const spread = factor ? dotProduct(slope, solve(factor, slope)) : 0;
      return { mean: valueAt(best.curve, point), sd: Math.sqrt(noise * (1 + spread)) };
    },
    refit: (weights, other = values) => {
      const { curve } = levenbergMarquardt(best.curve, { shares, values: other, weights }, 12);
      return (point) => valueAt(curve, point);
    },
  };
}
