import { solveLower } from '../numerics/cholesky.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { isSpread, mean } from '../numerics/moments.ts';
import type { Random } from '../numerics/random.ts';
import type { MixtureOfT } from '../statistics/mixture-of-t.ts';
import type { Conditioned } from './log-posterior.ts';
import { covariance } from './log-share-process.ts';
import type { Coordinates } from './log-share-process.ts';
import { posteriorDraws } from './posterior-draws.ts';
import type { Observations } from './surface.ts';

/** Posterior of an outcome as a function of the shares, by draws of its hyperparameters. */
export type ResponseSurface = {
  readonly observations: Observations;
  readonly draws: readonly Conditioned[];
  /** Mean of the outcomes, which the draws are about. */
  readonly centre: number;
};

export const SURFACE = { id: 'response_surface.gaussian_process', version: '8' };

/** How a surface over some of `runs` was chosen, in words. */
export function chosenBy({ draws, observations }: ResponseSurface, runs: number): string {
  const fitted = observations.values.length;
  const part =
    fitted < runs ? `, fitted to the ${fitted} of ${runs} runs whose mixtures lie farthest apart` : '';
  const tails = draws.some(({ noise }) => noise.some((of) => of !== 1)) ? ' with heavy tails' : '';
  return `one form, its length scales, amplitudes, curvature and noise${tails} averaged over ${draws.length} draws of their posterior${part}`;
}

/** Distinct mixtures that a surface needs beyond the number of slices. */
export const SPARE_MIXTURES = 2;

/**
 * Fits a Gaussian process on log(share + ε) with a linear trend, all hyperparameters and the noise integrated out.
 * Runs of one mixture are rows of their own. Undefined with fewer distinct mixtures than slices plus two, or where the
 * outcomes do not vary.
 */
export function fitSurface(
  observations: Observations,
  generator: Random,
  values = observations.values,
): ResponseSurface | undefined {
  const { components, mixtures, shares } = observations;
  if (new Set(mixtures).size < components.length + SPARE_MIXTURES || !isSpread(values)) return undefined;
  const centre = mean(values);
  const flat = new Float64Array(shares.length * components.length);
  for (const [row, of] of shares.entries()) flat.set(of, row * components.length);
  const runs = { shares: flat, slices: components.length, values: values.map((value) => value - centre) };
  const draws = posteriorDraws(runs, generator);
  return draws.length > 0 ? { observations, draws, centre } : undefined;
}

/** Covariances of a mixture with all runs, in units of the noise variance. */
export function covariances({ process, residual }: Conditioned, point: Coordinates): Float64Array {
  const found = new Float64Array(residual.length);
  const pair = { at: 0, other: 0 };
  for (; pair.at < found.length; pair.at++) found[pair.at] = covariance(process, process, point, pair);
  return found;
}

type Moments = { readonly mean: number; readonly variance: number };

function mixtureOf(
  surface: ResponseSurface,
  degreesOfFreedom: number,
  moments: (draw: Conditioned) => Moments,
): MixtureOfT {
  const found = surface.draws.map(moments);
  return {
    means: Float64Array.from(found, ({ mean: centre }) => centre),
    scales: Float64Array.from(found, ({ variance: square }) => Math.sqrt(Math.max(0, square))),
    degreesOfFreedom,
  };
}

/** A t needs this many degrees of freedom for a mixture to have a variance. */
const LEAST_DEGREES = 3;

/**
 * Degrees of freedom of the noise in a contrast. A slope for each slice counts as fitted, as in a regression: with n - 1,
 * effects of steep slices were covered in 88 to 93 % of swarms of 24 (decision 34).
 */
export const degreesOfContrast = ({ observations: { values, components } }: ResponseSurface) =>
  Math.max(LEAST_DEGREES, values.length - 1 - components.length);

/** Posterior of Y(more) - Y(less), times `scale`, in the unit of the outcome; the flat mean cancels. */
export function differenceOf(
  surface: ResponseSurface,
  more: Float64Array,
  less: Float64Array,
  scale = 1,
): MixtureOfT {
  const degrees = degreesOfContrast(surface);
  return mixtureOf(surface, degrees, (draw) => {
    const { process, factor, ones, precision, residual, squares } = draw;
    const [to, from] = [process.coordinates(more), process.coordinates(less)];
    const back = covariances(draw, from);
    const k = covariances(draw, to).map((value, row) => value - back[row]!);
    const own = (left: Coordinates, right: Coordinates) =>
      covariance(process, left, right, { at: 0, other: 0 });
    const prior = own(to, to) + own(from, from) - 2 * own(to, from);
    const explained = solveLower(factor, k);
    const noise = squares / degrees;
    const left = prior - dotProduct(explained, explained) + dotProduct(ones, k) ** 2 / precision;
    return { mean: scale * dotProduct(k, residual), variance: scale ** 2 * noise * Math.max(0, left) };
  });
}

/** Posterior predictive distribution of a new run of a mixture, the noise of a run included. */
export function newRunOf(surface: ResponseSurface, shares: Float64Array): MixtureOfT {
  const degrees = surface.observations.values.length - 1;
  return mixtureOf(surface, degrees, (draw) => {
    const { process, factor, ones, precision, residual, squares, mean: level } = draw;
    const point = process.coordinates(shares);
    const k = covariances(draw, point);
    const explained = solveLower(factor, k);
    const noise = squares / degrees;
    const prior = 1 + covariance(process, point, point, { at: 0, other: 0 });
    const left = prior - dotProduct(explained, explained) + (1 - dotProduct(ones, k)) ** 2 / precision;
    return { mean: surface.centre + level + dotProduct(k, residual), variance: noise * Math.max(1, left) };
  });
}
