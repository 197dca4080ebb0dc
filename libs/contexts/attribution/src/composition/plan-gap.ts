import { valueIn } from '@tributary/kernel';
import { close, isWithin, shareOf } from './composition.ts';
import type { Composition } from './composition.ts';

/**
 * Largest difference between a planned and a realised share, and half the planned share where that is less: drawing some
 * ten thousand sequences at random moves a share by up to a point and a half.
 */
const SHARE_TOLERANCE = 0.015;
const LEAST_TOLERANCE = 0.002;

/** A slice of which another share was consumed than was planned. */
export type Gap = { readonly slice: string; readonly planned: number; readonly realised: number };

export const sumOf = (shares: Composition) => Object.values(shares).reduce((sum, share) => sum + share, 0);

const tolerated = (planned: number) => Math.max(LEAST_TOLERANCE, Math.min(SHARE_TOLERANCE, planned / 2));

/** The slice that deviates most from the plan, where it does beyond the tolerance; undefined for a plan of nothing. */
export function largestGap(plan: Composition, realised: Composition): Gap | undefined {
  if (!(sumOf(plan) > 0)) return undefined;
  const planned = close(plan);
  const slices = Object.keys(planned);
  const others = Object.keys(realised).filter((leaf) => !slices.some((slice) => isWithin(leaf, slice)));
  return [...slices, ...others]
    .map((slice) => ({ slice, planned: valueIn(planned, slice) ?? 0, realised: shareOf(realised, slice) }))
    .filter((gap) => Math.abs(gap.realised - gap.planned) > tolerated(gap.planned))
    .toSorted((a, b) => Math.abs(b.realised - b.planned) - Math.abs(a.realised - a.planned))[0];
}
