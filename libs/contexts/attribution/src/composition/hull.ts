import { Fault } from '@tributary/kernel';
import { leastSquares } from '../numerics/least-squares.ts';
import { allFinite, norm } from '../numerics/moments.ts';

/**
 * Euclidean distance, in shares, from a mixture to the convex hull of the training mixtures: non-negative least
 * squares (Lawson and Hanson 1974, chapter 23) over the weights of a mixture of mixtures, which sum to one. Throws Fault
 * `not_finite` for a share that is NaN or infinite.
 */
export function hullDistance(corners: readonly Float64Array[], point: Float64Array): number {
  if (![point, ...corners].every(allFinite))
    throw new Fault('not_finite', 'a share of a mixture is not finite');
  const weighted = (row: Float64Array) => Float64Array.from([...row, SUM_WEIGHT]);
  const columns = corners.map(weighted);
  const target = weighted(point);
  const weights = new Float64Array(columns.length);
  let active: number[] = [];
  let residual: Float64Array = target;
  for (let step = 0; step < 4 * target.length; step++) {
    const entering = steepestColumn(columns, residual, active);
    if (entering === undefined) break;
    active = solveActive(columns, target, weights, [...active, entering]);
    residual = residualOf(columns, target, weights, active);
  }
  return norm(residual.subarray(0, point.length));
}

/** Weight of the row that makes the weights sum to one. */
const SUM_WEIGHT = 10;
const TOLERANCE = 1e-9;

function steepestColumn(columns: readonly Float64Array[], residual: Float64Array, active: readonly number[]) {
  let best: number | undefined;
  let most = TOLERANCE;
  for (const [index, column] of columns.entries()) {
    let pull = 0;
    for (let k = 0; k < column.length; k++) pull += column[k]! * residual[k]!;
    if (pull > most && !active.includes(index)) {
      most = pull;
      best = index;
    }
  }
  return best;
}

/** Least squares over the active columns; drops columns whose weights would turn negative. Returns the active ones. */
function solveActive(
  columns: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
  wanted: readonly number[],
): number[] {
  let active = [...wanted];
  while (active.length > 0) {
    const rows = Array.from(target, (_, k) => Float64Array.from(active, (index) => columns[index]![k]!));
    const { coefficients } = leastSquares(rows, target, undefined, 1e-12);
    const falling = active.filter((_, at) => coefficients[at]! <= TOLERANCE);
    if (falling.length === 0) {
      for (const [at, index] of active.entries()) weights[index] = coefficients[at]!;
      return active;
    }
    stepToBoundary(weights, active, coefficients);
    active = active.filter((index) => weights[index]! > TOLERANCE);
  }
  return active;
}

/** Moves from the old weights towards the new ones until the first weight reaches zero. */
function stepToBoundary(weights: Float64Array, active: readonly number[], coefficients: Float64Array): void {
  let length = 1;
  for (const [at, index] of active.entries()) {
    const gap = weights[index]! - coefficients[at]!;
    if (coefficients[at]! <= TOLERANCE && gap > 0) length = Math.min(length, weights[index]! / gap);
  }
  for (const [at, index] of active.entries()) {
    weights[index]! += length * (coefficients[at]! - weights[index]!);
    if (weights[index]! <= TOLERANCE) weights[index] = 0;
  }
}

function residualOf(
  columns: readonly Float64Array[],
  target: Float64Array,
  weights: Float64Array,
  active: readonly number[],
): Float64Array {
  const residual = target.slice();
  for (const index of active) {
    for (let k = 0; k < residual.length; k++) residual[k]! -= weights[index]! * columns[index]![k]!;
  }
  return residual;
}
