import { mean } from '../numerics/moments.ts';
import { minimise } from '../numerics/minimise.ts';
import type { Random } from '../numerics/random.ts';
import { symmetricEigen } from '../numerics/symmetric-eigen.ts';
import type { Eigen } from '../numerics/symmetric-eigen.ts';
import { drawnNoise, expectedNoise, leftOutLogDensity, tailRates } from './heavy-tails.ts';
import { condition, minusLogPosterior } from './log-posterior.ts';
import type { Conditioned, SurfaceRuns } from './log-posterior.ts';
import { BOUND, hyperparameters } from './log-share-process.ts';

const PROPOSALS = 128;
const DRAWS = 64;
/** Runs above which hyperparameters are so well known that few unweighted draws suffice. */
const MANY_RUNS = 200;
const DRAWS_OF_MANY = 20;
const LEAST_DRAWS = 4;
/** Numbers that the draws of many runs may hold in memory. */
const HELD = 2.5e7;
/** Runs from which the curvature of many runs is taken. */
const FEW = 256;
const PROPOSAL_DEGREES = 6;
const LEAST_EFFECTIVE = 16;
const LEAST_CURVATURE = 0.7;
const STEP = 1e-3;
/** Gain in log density at which the search for the mode ends; many runs cost more and need less. */
const TOLERANCE = 1e-4;
const TOLERANCE_OF_MANY = 1e-2;

type Laplace = { readonly mode: Float64Array; readonly curvature: Eigen };

/** Mode of the posterior. */
const modeOf = (
  runs: SurfaceRuns,
  tolerance: number,
  start: Float64Array = new Float64Array(hyperparameters(runs.slices)),
) => minimise((z) => minusLogPosterior(runs, z), start, { iterations: 60, tolerance, bound: BOUND }).point;

/** Curvature of the posterior at its mode: differences of the gradient over STEP and -back, eigenvalues floored. */
function curvatureAt(runs: SurfaceRuns, mode: Float64Array, back: number): Eigen {
  const size = mode.length;
  const hessian = new Float64Array(size * size);
  const gradientAt = (row: number, step: number) =>
    minusLogPosterior(
      runs,
      mode.map((value, k) => (k === row ? value + step : value)),
    ).gradient;
  const here = back === 0 ? gradientAt(0, 0) : undefined;
  for (let row = 0; row < size; row++) {
    const [above, below] = [gradientAt(row, STEP), here ?? gradientAt(row, -back)];
    for (let column = 0; column < size; column++) {
      const half = (above[column]! - below[column]!) / (2 * (STEP + back));
      hessian[row * size + column]! += half;
      hessian[column * size + row]! += half;
    }
  }
  return floored(symmetricEigen(hessian, size));
}

const floored = ({ values, vectors }: Eigen): Eigen => ({
  vectors,
  values: values.map((value) => Math.max(value, LEAST_CURVATURE)),
});

/** Every k-th run, at most FEW of them; their outcomes are centred again. */
function thinned({ shares, slices, values, noise }: SurfaceRuns): SurfaceRuns {
  const step = Math.ceil(values.length / FEW);
  const kept = values.filter((_, row) => row % step === 0);
  const centre = mean(kept);
  return {
    shares: shares.filter((_, at) => Math.floor(at / slices) % step === 0),
    slices,
    values: kept.map((value) => value - centre),
    ...(noise && { noise: noise.filter((_, row) => row % step === 0) }),
  };
}

/** Normal approximation of the posterior at its mode. */
function laplace(runs: SurfaceRuns): Laplace {
  const mode = modeOf(runs, TOLERANCE);
  return { mode, curvature: curvatureAt(runs, mode, STEP) };
}

/** The same for many runs: the curvature of the likelihood is that of a part of the runs, in proportion to their number. */
function laplaceOfMany(runs: SurfaceRuns, mode: Float64Array): Laplace {
  const few = thinned(runs);
  const growth = runs.values.length / few.values.length;
  const { values, vectors } = curvatureAt(few, mode, 0);
  return { mode, curvature: floored({ values: values.map((value) => 1 + growth * (value - 1)), vectors }) };
}

/** Turns in which the noise of the runs and the mode are found, each given the other. */
const TURNS = 2;

type Tails = { readonly runs: SurfaceRuns; readonly mode: Float64Array; readonly rates: Float64Array };

/**
 * The mode under heavy-tailed noise, by expectation and maximisation in turn from the mode under normal noise. Undefined
 * where left-out runs are at least as likely under normal noise.
 */
function heavyTailed(runs: SurfaceRuns, normal: Float64Array): Tails | undefined {
  const start = condition(runs, normal);
  if (!start) return undefined;
  let mode = normal;
  let at: Conditioned | undefined = start;
  let heavy = runs;
  for (let turn = 0; turn < TURNS; turn++) {
    heavy = { ...runs, noise: expectedNoise(tailRates(at)) };
    mode = modeOf(heavy, TOLERANCE_OF_MANY, mode);
    at = condition(heavy, mode);
    if (!at) return undefined;
  }
  const isHeavier = leftOutLogDensity(at, 'heavy') > leftOutLogDensity(start, 'normal');
  return isHeavier ? { runs: heavy, mode, rates: tailRates(at) } : undefined;
}

/** The mode moved by `normals` in the axes of the curvature, each scaled to one standard deviation, clipped. */
function proposed({ mode, curvature: { values, vectors } }: Laplace, normals: Float64Array): Float64Array {
  const size = mode.length;
  return mode.map((centre, row) => {
    let moved = centre;
    for (let k = 0; k < size; k++) moved += (vectors[row * size + k]! * normals[k]!) / Math.sqrt(values[k]!);
    return Math.max(-BOUND, Math.min(BOUND, moved));
  });
}

const normalsOf = (count: number, generator: Random) =>
  Float64Array.from({ length: count }, () => generator.normal());

/** Squared distance of `z` from the mode in standard deviations of the normal approximation. */
function squaredDistance({ mode, curvature: { values, vectors } }: Laplace, z: Float64Array): number {
  const size = mode.length;
  let sum = 0;
  for (let k = 0; k < size; k++) {
    let along = 0;
    for (let row = 0; row < size; row++) along += vectors[row * size + k]! * (z[row]! - mode[row]!);
    sum += values[k]! * along * along;
  }
  return sum;
}

/** Indexes drawn in proportion to the weights, by systematic resampling (Kitagawa 1996). */
function resampled(weights: readonly number[], count: number, generator: Random): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const offset = generator.uniform();
  const chosen: number[] = [];
  let passed = 0;
  for (const [index, weight] of weights.entries()) {
    passed += (weight / total) * count;
    while (chosen.length < count && chosen.length + offset < passed) chosen.push(index);
  }
  while (chosen.length < count) chosen.push(weights.length - 1);
  return chosen;
}

function weighted(runs: SurfaceRuns, approximation: Laplace, generator: Random): Conditioned[] | undefined {
  const size = approximation.mode.length;
  const proposals = Array.from({ length: PROPOSALS }, () => {
    const normals = normalsOf(size, generator);
    const chi = normalsOf(PROPOSAL_DEGREES, generator).reduce((sum, value) => sum + value * value, 0);
    return proposed(
      approximation,
      normals.map((value) => value / Math.sqrt(chi / PROPOSAL_DEGREES)),
    );
  });
  const conditioned = proposals.map((z) => condition(runs, z));
  const logs = proposals.map((z, index) => {
    const reach = squaredDistance(approximation, z) / PROPOSAL_DEGREES;
    const density = conditioned[index]?.logDensity ?? -Infinity;
    return density + ((PROPOSAL_DEGREES + size) / 2) * Math.log(1 + reach);
  });
  const most = logs.reduce((largest, log) => Math.max(largest, log), -Infinity);
  const weights = logs.map((log) => (log === -Infinity ? 0 : Math.exp(log - most)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const squares = weights.reduce((total, weight) => total + weight * weight, 0);
  if (!((sum * sum) / squares >= LEAST_EFFECTIVE)) return undefined;
  return resampled(weights, DRAWS, generator).flatMap((index) => conditioned[index] ?? []);
}

/** Draws from the normal approximation; under heavy tails each has a draw of the noise of the runs too. */
function drawsOfMany(runs: SurfaceRuns, generator: Random): Conditioned[] {
  const normal = modeOf(runs, TOLERANCE_OF_MANY);
  const tails = heavyTailed(runs, normal);
  const approximation = laplaceOfMany(tails?.runs ?? runs, tails?.mode ?? normal);
  const held = Math.floor(HELD / runs.values.length ** 2);
  const count = Math.max(LEAST_DRAWS, Math.min(DRAWS_OF_MANY, held));
  const points = pointsOf(approximation, count, generator);
  const of = () => (tails ? { ...runs, noise: drawnNoise(tails.rates, generator) } : runs);
  return points.flatMap((z) => condition(of(), z) ?? []);
}

const pointsOf = (approximation: Laplace, count: number, generator: Random) =>
  Array.from({ length: count }, () =>
    proposed(approximation, normalsOf(approximation.mode.length, generator)),
  );

/**
 * Draws from the posterior of the hyperparameters: importance sampling from a t with 6 degrees of freedom around the mode
 * (Geweke 1989), 128 proposals resampled to 64. Where fewer than 16 proposals carry the weight, and above 200 runs, the
 * draws are from the normal approximation (Tierney and Kadane 1986). Above 200 runs the noise has heavy tails where left-out
 * runs say so. Empty where the outcomes do not vary.
 */
export function posteriorDraws(runs: SurfaceRuns, generator: Random): Conditioned[] {
  if (runs.values.length > MANY_RUNS) return drawsOfMany(runs, generator);
  const approximation = laplace(runs);
  return (
    weighted(runs, approximation, generator) ??
    pointsOf(approximation, DRAWS, generator).flatMap((z) => condition(runs, z) ?? [])
  );
}
