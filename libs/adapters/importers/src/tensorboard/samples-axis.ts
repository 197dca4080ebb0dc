import { groupBy } from '@tributary/kernel';
import type { Point } from '../run-history/point.ts';

/** Writers can replace blanks by underscores. */
const VS_SAMPLES = /[ _]vs[ _]samples$/;

export type RealignedPoints = {
  readonly points: readonly Point[];
  /** Points whose step is a number of samples and could not be mapped to a step. */
  readonly left: readonly Point[];
  /** Number of points that became values of `consumed samples`. */
  readonly dropped: number;
};

/**
 * Megatron writes some series a second time over consumed samples, as `<tag> vs samples`. If `<tag>` starts with the
 * same values, the second series gives the consumed samples of each step and becomes `consumed samples`. Otherwise its
 * points are returned in `left`.
 */
export function realignSamplesAxis(points: readonly Point[]): RealignedPoints {
  const byKey = groupBy(points, ({ key }) => key);
  const duplicated = [...byKey].filter(([key]) => VS_SAMPLES.test(key));
  const consumed = new Map<number, Point>();
  const left: Point[] = [];
  let dropped = 0;
  for (const [key, series] of duplicated) {
    const base = byKey.get(key.replace(VS_SAMPLES, '')) ?? [];
    const same =
      series.length <= base.length && series.every(({ value }, at) => Object.is(value, base[at]?.value));
    if (same) dropped += series.length;
    else for (const point of series) left.push(point);
    for (const [at, point] of same ? series.entries() : []) {
      const step = base[at]?.step;
      if (step != null)
        consumed.set(step, { ...point, key: 'consumed samples', step, value: point.step ?? Number.NaN });
    }
  }
  const plain = points.filter(({ key }) => !VS_SAMPLES.test(key));
  return { points: [...plain, ...consumed.values()], left, dropped };
}
