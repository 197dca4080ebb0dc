import { solveLower } from '../numerics/cholesky.ts';
import { gaussLegendre } from '../numerics/gauss-legendre.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import type { MixtureOfT } from '../statistics/mixture-of-t.ts';
import type { Conditioned } from './log-posterior.ts';
import type { Coordinates, LogShareProcess } from './log-share-process.ts';
import { degreesOfContrast } from './response-surface.ts';
import type { ResponseSurface } from './response-surface.ts';

/** A straight path between two mixtures along which a slice grows from the share `from` to the share `to`. */
export type SlicePath = {
  readonly less: Float64Array;
  readonly more: Float64Array;
  readonly from: number;
  readonly to: number;
};

/** Joint posterior of several integrals over a path, by draws: means, and covariances flat and row-major. */
export type PathIntegrals = {
  readonly draws: readonly { readonly means: Float64Array; readonly covariances: Float64Array }[];
  readonly degreesOfFreedom: number;
};

const RULE = gaussLegendre(16);

/** Least ε of the process, in shares: the path is divided evenly in log(share + ε), where the surface is smooth. */
const LEAST_EPSILON = 1e-3;

type Node = { readonly shares: Float64Array; readonly weight: number };

/** Mixtures of the path, with weights that integrate over the share of the slice. */
function nodesOf({ less, more, from, to }: SlicePath): readonly Node[] {
  const [low, high] = [from, to].map((share) => Math.log(share + LEAST_EPSILON));
  const half = (high! - low!) / 2;
  return Array.from(RULE.points, (point, index) => {
    const scaled = Math.exp(low! + half * (1 + point));
    const part = (scaled - LEAST_EPSILON - from) / (to - from);
    return {
      shares: less.map((share, slice) => share + part * (more[slice]! - share)),
      weight: RULE.weights[index]! * half * scaled,
    };
  });
}

/**
 * Posterior of ∫ D_v Y(x) dx_slice over the path for each direction `v` (change of all shares per unit share of the slice),
 * in the unit of the outcome. Integrals are linear in v, so those of directions that add up to the path's own add up to
 * Y(more) - Y(less) (an Aumann–Shapley split along the path that is taken). Derivatives of a Gaussian process are jointly
 * normal with it (Rasmussen and Williams 2006, section 9.4).
 */
export function pathIntegrals(
  surface: ResponseSurface,
  path: SlicePath,
  directions: readonly Float64Array[],
): PathIntegrals {
  const nodes = nodesOf(path);
  const degreesOfFreedom = degreesOfContrast(surface);
  const draws = surface.draws.map((draw) => integralsIn(draw, nodes, directions, degreesOfFreedom));
  return { draws, degreesOfFreedom };
}

/** Points of a path in the coordinates of one draw, and what each direction does to them, weighted for the integral. */
type Traced = { readonly at: Coordinates; readonly tangents: readonly Coordinates[] }[];

function integralsIn(
  draw: Conditioned,
  nodes: readonly Node[],
  directions: readonly Float64Array[],
  degrees: number,
): PathIntegrals['draws'][number] {
  const { process, factor, ones, precision, residual, squares } = draw;
  const traced = nodes.map(({ shares, weight }) => ({
    at: process.coordinates(shares),
    tangents: directions.map((direction) =>
      process.tangent(
        shares,
        direction.map((change) => weight * change),
      ),
    ),
  }));
  const withRuns = directions.map((_, of) => covariancesWithRuns(draw, traced, of));
  const explained = withRuns.map((k) => solveLower(factor, k));
  const sums = withRuns.map((k) => dotProduct(ones, k));
  const noise = squares / degrees;
  const count = directions.length;
  const covariances = new Float64Array(count * count);
  for (let row = 0; row < count; row++) {
    for (let column = 0; column <= row; column++) {
      const left =
        priorCovariance(process, traced, [row, column]) -
        dotProduct(explained[row]!, explained[column]!) +
        (sums[row]! * sums[column]!) / precision;
      covariances[row * count + column] = covariances[column * count + row] = noise * left;
    }
  }
  return { means: Float64Array.from(withRuns, (k) => dotProduct(k, residual)), covariances };
}

/** Covariances of the integral along direction `of` with the outcomes of all runs, in units of the noise variance. */
function covariancesWithRuns({ process, residual }: Conditioned, traced: Traced, of: number): Float64Array {
  const { slices, scaled, trend, variance } = process;
  return Float64Array.from(residual, (_, run) => {
    let sum = 0;
    for (const { at, tangents } of traced) {
      const tangent = tangents[of]!;
      let [distance, slope, tilt] = [0, 0, 0];
      for (let j = 0; j < slices; j++) {
        const gap = at.scaled[j]! - scaled[run * slices + j]!;
        distance += gap * gap;
        slope += gap * tangent.scaled[j]!;
        tilt += tangent.trend[j]! * trend[run * slices + j]!;
      }
      sum += tilt - variance * Math.exp(-0.5 * distance) * slope;
    }
    return sum;
  });
}

/** Prior covariance of the integrals along two directions, in units of the noise variance. */
function priorCovariance(
  { slices, variance }: LogShareProcess,
  traced: Traced,
  [left, right]: readonly [number, number],
): number {
  let sum = 0;
  for (const from of traced) {
    for (const to of traced) {
      const [along, other] = [from.tangents[left]!, to.tangents[right]!];
      let [distance, here, there, both, tilt] = [0, 0, 0, 0, 0];
      for (let j = 0; j < slices; j++) {
        const gap = from.at.scaled[j]! - to.at.scaled[j]!;
        distance += gap * gap;
        here += gap * along.scaled[j]!;
        there += gap * other.scaled[j]!;
        both += along.scaled[j]! * other.scaled[j]!;
        tilt += along.trend[j]! * other.trend[j]!;
      }
      sum += tilt + variance * Math.exp(-0.5 * distance) * (both - here * there);
    }
  }
  return sum;
}

/** Posterior of Σ c_a integral_a. */
export function combinationOf(
  { draws, degreesOfFreedom }: PathIntegrals,
  coefficients: readonly number[],
): MixtureOfT {
  const count = coefficients.length;
  const scaleOf = (covariances: Float64Array) => {
    let sum = 0;
    for (let row = 0; row < count; row++)
      for (let column = 0; column < count; column++)
        sum += coefficients[row]! * coefficients[column]! * covariances[row * count + column]!;
    return Math.sqrt(Math.max(0, sum));
  };
  return {
    means: Float64Array.from(draws, ({ means }) => dotProduct(means, coefficients)),
    scales: Float64Array.from(draws, ({ covariances }) => scaleOf(covariances)),
    degreesOfFreedom,
  };
}
