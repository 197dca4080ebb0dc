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

/** What the other mixtures say about the mean of the runs of one: a t, and how likely they make those runs. */
type LeftOut = { readonly cdf: number; readonly logLikelihood: number };

/**
 * For each mixture, by name, the probability that a surface over the other mixtures gives to outcomes below the mean of its
 * runs: uniform where the surface knows what it does not know (Dawid 1984). Nothing is fitted again: given the
 * hyperparameters, leaving out rows B of the projection P = C⁻¹ - uuᵀ/S leaves residuals P_BB⁻¹ α_B with covariance
 * v P_BB⁻¹ (block form of Sundararajan and Keerthi 2001, eq. 12), and draws are weighted by 1 / p(y_B | y_-B)
 * (Gelfand, Dey and Chang 1992).
 */
export function leftOutProbabilities({ observations, draws }: ResponseSurface): number[] {
  const { names, of } = clusters(observations);
  const rows = names.map((_, cluster) => [...of.keys()].filter((row) => of[row] === cluster));
  const every = of.length > MANY_RUNS ? Math.ceil(draws.length / DRAWS_OF_MANY) : 1;
  const used = draws.filter((_, index) => index % every === 0);
  const found = used.map((draw) => {
    const projection = projectionOf(draw);
    return rows.map((block) => leftOut(draw, projection, block));
  });
  return names.map((_, cluster) => averaged(found.flatMap((of) => of[cluster] ?? [])));
}

/** P, flat and row-major. */
function projectionOf({ factor, ones, precision }: Conditioned): Float64Array {
  const { size } = factor;
  return inverse(factor).map(
    (value, at) => value - (ones[Math.floor(at / size)]! * ones[at % size]!) / precision,
  );
}

function leftOut(
  { factor, residual, squares }: Conditioned,
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
  const noise = (squares - explained) / degrees;
  const ones = new Float64Array(count).fill(1);
  const error = dotProduct(ones, errors) / count;
  const scale = Math.sqrt(noise * dotProduct(ones, solve(own, ones))) / count;
  const logLikelihood =
    logGamma((degrees + count) / 2) -
    logGamma(degrees / 2) -
    (count / 2) * Math.log(degrees * noise) +
    logDeterminant(own) / 2 -
    ((degrees + count) / 2) * Math.log(1 + explained / (degrees * noise));
  return { cdf: studentCdf(error / scale, degrees), logLikelihood };
}

function averaged(found: readonly LeftOut[]): number {
  const least = found.reduce((lowest, { logLikelihood }) => Math.min(lowest, logLikelihood), Infinity);
  let sum = 0;
  let total = 0;
  for (const { cdf, logLikelihood } of found) {
    const weight = Math.exp(least - logLikelihood);
    sum += weight * cdf;
    total += weight;
  }
  return sum / total;
}
