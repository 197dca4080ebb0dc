import { cholesky, inverse, logDeterminant, solve } from '../numerics/cholesky.ts';
import { logGamma } from '../numerics/incomplete-beta.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { studentCdf } from '../statistics/student-t.ts';
import type { Conditioned } from './log-posterior.ts';
import type { ResponseSurface } from './response-surface.ts';
import { clusters } from './surface.ts';

/** Draws that are used above MANY_RUNS runs: each needs the inverse of a matrix of all runs. */
const DRAWS_OF_MANY = 4;
const MANY_RUNS = 200;

/** What the other mixtures say of a left-out run: its outcome less its mean, and the square of the scale of its t. */
type RunLeftOut = { readonly error: number; readonly square: number };

/** What the other mixtures say about the mean of the runs of one, a t, and about each of them; and how likely they make them. */
type LeftOut = {
  readonly cdf: number;
  readonly runs: readonly RunLeftOut[];
  readonly degrees: number;
  readonly logLikelihood: number;
};

/**
 * Each mixture, by name, as the draws of a surface over the other mixtures have it. Nothing is fitted again: given the
 * hyperparameters, leaving out rows B of the projection P = C⁻¹ - uuᵀ/S leaves residuals P_BB⁻¹ α_B with covariance
 * v P_BB⁻¹ (block form of Sundararajan and Keerthi 2001, eq. 12), and draws are weighted by 1 / p(y_B | y_-B)
 * (Gelfand, Dey and Chang 1992). A left-out run has the noise of a new run, whatever its own was.
 */
function leftOutMixtures({ observations, draws }: ResponseSurface): (readonly LeftOut[])[] {
  const { names, of } = clusters(observations);
  const rows = names.map((_, cluster) => [...of.keys()].filter((row) => of[row] === cluster));
  const every = of.length > MANY_RUNS ? Math.ceil(draws.length / DRAWS_OF_MANY) : 1;
  const used = draws.filter((_, index) => index % every === 0);
  const found = used.map((draw) => {
    const projection = projectionOf(draw);
    return rows.map((block) => leftOut(draw, projection, block));
  });
  return names.map((_, cluster) => found.flatMap((mixtures) => mixtures[cluster] ?? []));
}

/**
 * For each mixture, by name, the probability that a surface over the other mixtures gives to outcomes below the mean of its
 * runs: uniform where the surface knows what it does not know (Dawid 1984).
 */
export const leftOutProbabilities = (surface: ResponseSurface): number[] =>
  leftOutMixtures(surface).map((found) => weightedMean(found, ({ cdf }) => cdf));

/**
 * For each mixture, by name, how far its runs lie from what a surface over the other mixtures predicts for them, in standard
 * deviations of that prediction: infinitely many where the others are all equal. Empty for a mixture that says nothing,
 * because too few others are left.
 */
export const leftOutScores = (surface: ResponseSurface): (readonly number[])[] =>
  leftOutMixtures(surface).map((found) => {
    const [first] = found;
    if (!first || first.degrees < LEAST_DEGREES) return [];
    return first.runs.map((_, run) => scoreOf(found, run));
  });

/** A t needs this many degrees of freedom for its variance. */
const LEAST_DEGREES = 3;

/** Mean and variance of the weighted mixture of t's, counted as those of a new run (`standardDeviation`). */
function scoreOf(found: readonly LeftOut[], run: number): number {
  const error = weightedMean(found, ({ runs }) => runs[run]!.error);
  const within = weightedMean(found, ({ runs, degrees }) => (runs[run]!.square * degrees) / (degrees - 2));
  if (within === 0) return Infinity;
  const between = weightedMean(found, ({ runs }) => (runs[run]!.error - error) ** 2);
  return Math.abs(error) / Math.sqrt(within + (1 + 1 / found.length) * between);
}

/** P, flat and row-major. */
function projectionOf({ factor, ones, precision }: Conditioned): Float64Array {
  const { size } = factor;
  return inverse(factor).map(
    (value, at) => value - (ones[Math.floor(at / size)]! * ones[at % size]!) / precision,
  );
}

/** What of a sum of squares is rounding. */
const ROUNDING = 1e-10;

/** The others are all equal, so these runs are as far from them as can be: no other draw has a weight beside this one. */
const farOff = (errors: Float64Array, error: number, degrees: number): LeftOut => ({
  cdf: error > 0 ? 1 : 0,
  runs: Array.from(errors, (of) => ({ error: of, square: 0 })),
  degrees,
  logLikelihood: -Number.MAX_VALUE,
});

function leftOut(
  { factor, residual, squares, noise: noises }: Conditioned,
  projection: Float64Array,
  block: readonly number[],
): LeftOut | undefined {
  const count = block.length;
  const degrees = factor.size - 1 - count;
  const part = Float64Array.from(
    block.flatMap((row) => block.map((of) => projection[row * factor.size + of]!)),
  );
  const own = cholesky(part, count);
  if (!own || degrees < 1) return undefined;
  const alpha = Float64Array.from(block, (row) => residual[row]!);
  const errors = solve(own, alpha);
  const explained = dotProduct(alpha, errors);
  const ones = new Float64Array(count).fill(1);
  const error = dotProduct(ones, errors) / count;
  if (squares - explained <= ROUNDING * squares) return farOff(errors, error, degrees);
  const noise = (squares - explained) / degrees;
  const fresh = Float64Array.from(block, (row) => 1 - noises[row]!);
  const scale = Math.sqrt(noise * (dotProduct(ones, solve(own, ones)) + dotProduct(ones, fresh))) / count;
  const logLikelihood =
    logGamma((degrees + count) / 2) -
    logGamma(degrees / 2) -
    (count / 2) * Math.log(degrees * noise) +
    logDeterminant(own) / 2 -
    ((degrees + count) / 2) * Math.log(1 + explained / (degrees * noise));
  const runs = block.map((_, at): RunLeftOut => {
    const unit = new Float64Array(count);
    unit[at] = 1;
    return { error: errors[at]!, square: noise * (solve(own, unit)[at]! + fresh[at]!) };
  });
  return { cdf: studentCdf(error / scale, degrees), runs, degrees, logLikelihood };
}

/** Mean over the draws, each weighted by how unlikely it makes the left-out runs. */
function weightedMean(found: readonly LeftOut[], value: (draw: LeftOut) => number): number {
  const least = found.reduce((lowest, { logLikelihood }) => Math.min(lowest, logLikelihood), Infinity);
  let sum = 0;
  let total = 0;
  for (const draw of found) {
    const weight = Math.exp(least - draw.logLikelihood);
    sum += weight * value(draw);
    total += weight;
  }
  return sum / total;
}
