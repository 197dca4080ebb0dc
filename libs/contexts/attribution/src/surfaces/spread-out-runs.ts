import { appendAll } from '@tributary/kernel';
import { clusters } from './surface.ts';
import type { Observations } from './surface.ts';

/** Runs that a surface is fitted to at most: its cost grows with their cube (decision 34). */
const MOST_RUNS = 512;

/**
 * At most `most` of the runs, in their order. The first run of each mixture is kept before the second of any; among
 * mixtures those that lie farthest from the ones kept so far come first (Gonzalez 1985), so that the part spans the hull
 * of the whole. No outcome is looked at, which leaves intervals given the mixtures as they are.
 */
export function spreadOut(observations: Observations, most = MOST_RUNS): Observations {
  const { components, mixtures, shares, values } = observations;
  if (values.length <= most) return observations;
  const rows = rowsByMixture(observations);
  const order = farthestFirst(
    rows.map(([first]) => shares[first!]!),
    most,
  );
  const rounds = rows.reduce((longest, { length }) => Math.max(longest, length), 0);
  const kept: number[] = [];
  for (let round = 0; round < rounds && kept.length < most; round++) {
    const next = order.flatMap((mixture) => rows[mixture]![round] ?? []);
    appendAll(kept, next.slice(0, most - kept.length));
  }
  kept.sort((left, right) => left - right);
  return {
    components,
    mixtures: kept.map((row) => mixtures[row]!),
    shares: kept.map((row) => shares[row]!),
    values: Float64Array.from(kept, (row) => values[row]!),
  };
}

function rowsByMixture(observations: Observations): readonly (readonly number[])[] {
  const { names, of } = clusters(observations);
  const rows: number[][] = names.map(() => []);
  for (const [row, mixture] of of.entries()) rows[mixture]!.push(row);
  return rows;
}

/** Indexes of at most `count` points, each the farthest from those before it; the first is the farthest from their mean. */
function farthestFirst(points: readonly Float64Array[], count: number): number[] {
  const centre = points[0]!.map(
    (_, at) => points.reduce((sum, point) => sum + point[at]!, 0) / points.length,
  );
  const gaps = Float64Array.from(points, (point) => squaredDistance(point, centre));
  const chosen: number[] = [];
  while (chosen.length < Math.min(count, points.length)) {
    const farthest = gaps.reduce((best, gap, index) => (gap > gaps[best]! ? index : best), 0);
    for (const [index, point] of points.entries()) {
      const gap = squaredDistance(point, points[farthest]!);
      gaps[index] = chosen.length === 0 ? gap : Math.min(gaps[index]!, gap);
    }
    chosen.push(farthest);
    for (const index of chosen) gaps[index] = -1;
  }
  return chosen;
}

const squaredDistance = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, at) => sum + (value - other[at]!) ** 2, 0);
