import { solveLower } from '../numerics/cholesky.ts';
import { dotProduct } from '../numerics/least-squares.ts';
import { mean } from '../numerics/moments.ts';
import { criticalValues } from '../statistics/critical-values.ts';
import type { Detection } from '../statistics/detection.ts';
import type { Conditioned } from '../surfaces/log-posterior.ts';
import { covariance } from '../surfaces/log-share-process.ts';
import { covariances, degreesOfContrast } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';

/** Two mixtures that are compared, as shares in the order of the components. */
type Ends = { readonly more: Float64Array; readonly less: Float64Array };

/**
 * What is known of a contrast (row 0) and of the mean outcomes of candidate mixtures (rows 1, 2, …): their covariance over
 * the posterior draws of a surface, flat and row-major, and the variance of a run, in squared units of the outcome.
 */
export type SurfaceDesign = {
  readonly covariance: Float64Array;
  readonly size: number;
  readonly noise: number;
};

/** Posterior means and covariance at one draw of the hyperparameters, in the unit of the outcome. */
type Moments = { readonly means: Float64Array; readonly covariance: Float64Array; readonly noise: number };

/** A linear combination of points, by index and coefficient. */
type Terms = readonly (readonly [at: number, factor: number])[];

function momentsAt(
  draw: Conditioned,
  points: readonly Float64Array[],
  rows: readonly Terms[],
  degrees: number,
): Moments {
  const { process, factor, ones, precision, squares, residual, mean: level } = draw;
  const coordinates = points.map(process.coordinates);
  const known = coordinates.map((point) => covariances(draw, point));
  const noise = squares / degrees;
  const columns = rows.map((terms) => {
    const k = ones.map((_, run) => terms.reduce((sum, [at, sign]) => sum + sign * known[at]![run]!, 0));
    const total = terms.reduce((sum, [, sign]) => sum + sign, 0);
    return {
      explained: solveLower(factor, k),
      gap: total - dotProduct(ones, k),
      mean: total * level + dotProduct(k, residual),
    };
  });
  const prior = (left: Terms, right: Terms) => {
    let sum = 0;
    for (const [at, sign] of left) {
      for (const [other, factorOfOther] of right) {
        const pair = covariance(process, coordinates[at]!, coordinates[other]!, { at: 0, other: 0 });
        sum += sign * factorOfOther * pair;
      }
    }
    return sum;
  };
  const matrix = columns.flatMap((one, row) =>
    columns.map((other, column) => {
      const left = prior(rows[row]!, rows[column]!) - dotProduct(one.explained, other.explained);
      return noise * (left + (one.gap * other.gap) / precision);
    }),
  );
  return {
    means: Float64Array.from(columns, (column) => column.mean),
    covariance: Float64Array.from(matrix),
    noise,
  };
}

/**
 * What a surface knows of a contrast and of candidate mixtures: the mean of the covariances of its draws, with the factor
 * of Student's t, and the covariance of their means (law of total covariance). Its first entry is the squared standard
 * error that `finiteEffect` reports.
 */
export function surfaceDesign(
  surface: ResponseSurface,
  { more, less }: Ends,
  candidates: readonly Float64Array[],
): SurfaceDesign {
  const ofContrast: Terms = [
    [0, 1],
    [1, -1],
  ];
  const rows = [ofContrast, ...candidates.map((_, index): Terms => [[index + 2, 1]])];
  const { draws } = surface;
  const degrees = degreesOfContrast(surface);
  const moments = draws.map((draw) => momentsAt(draw, [more, less, ...candidates], rows, degrees));
  const size = rows.length;
  const tails = degrees / (degrees - 2);
  const centre = rows.map((_, row) => mean(moments.map(({ means }) => means[row]!)));
  const between = draws.length > 1 ? (1 + 1 / draws.length) / (draws.length - 1) : 0;
  const total = Float64Array.from({ length: size * size }, (_, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    let [within, product] = [0, 0];
    for (const { means, covariance: own } of moments) {
      within += own[at]!;
      product += (means[row]! - centre[row]!) * (means[column]! - centre[column]!);
    }
    return (tails * within) / draws.length + between * product;
  });
  return { covariance: total, size, noise: tails * mean(moments.map(({ noise }) => noise)) };
}

/**
 * The design with one more run of a candidate: C - c cᵀ / (c_j + noise), c the column of the candidate (Gaussian
 * conditioning, Rasmussen and Williams 2006, eq. 2.24). It depends on the mixture of the run and not on its outcome, and no
 * variance grows. Over draws with different hyperparameters it is the error of the best linear estimate (Hartigan 1969),
 * which the posterior mean does not exceed on average.
 */
export function withRun(
  { covariance: before, size, noise }: SurfaceDesign,
  candidate: number,
): SurfaceDesign {
  const at = candidate + 1;
  const column = Float64Array.from({ length: size }, (_, row) => before[row * size + at]!);
  const scale = 1 / (column[at]! + noise);
  const after = before.map(
    (value, index) => value - column[Math.floor(index / size)]! * column[index % size]! * scale,
  );
  return { covariance: after, size, noise };
}

/** The candidate whose next run narrows the contrast most. */
export function bestCandidate({ covariance: known, size, noise }: SurfaceDesign): number {
  const gain = (at: number) => known[at]! ** 2 / (known[at * (size + 1)]! + noise);
  let best = 1;
  for (let at = 2; at < size; at++) if (gain(at) > gain(best)) best = at;
  return best - 1;
}

/** Standard error of the contrast. */
export const standardErrorOf = ({ covariance: known }: SurfaceDesign): number =>
  Math.sqrt(Math.max(0, known[0]!));

/** How effects of the contrast would be found at a level. */
export function detectionOf(design: SurfaceDesign, level: number): Detection {
  const error = standardErrorOf(design);
  return {
    critical: Float64Array.of(criticalValues(level)(Infinity) * error),
    errors: Float64Array.of(error),
  };
}
