import { HULL_TOLERANCE } from '../swarm/swarm-checks.ts';
import { hullDistance } from '../composition/hull.ts';
import type { SlicePath } from '../surfaces/path-of-swaps.ts';

/** Parts of the path at which the swap is looked for, and how much of the dose is swapped there. */
const AT = [0.25, 0.5, 0.75];
const SWAPPED = 0.25;

/**
 * Whether the training mixtures say what the swap `direction` (change of all shares per unit share of the slice) does along
 * the path: at its quarters, a quarter of the dose can be swapped one way or the other inside the hull. A run of the
 * mixture in which the whole dose is swapped makes it so.
 */
export function isSwapSupported(
  corners: readonly Float64Array[],
  { less, more, from, to }: SlicePath,
  direction: Float64Array,
): boolean {
  const length = SWAPPED * (to - from);
  const isInside = (shares: Float64Array) =>
    shares.every((share) => share >= 0) && hullDistance(corners, shares) <= HULL_TOLERANCE;
  return AT.every((part) => {
    const at = less.map((share, slice) => share + part * (more[slice]! - share));
    return [-length, length].some((step) =>
      isInside(at.map((share, slice) => share + step * direction[slice]!)),
    );
  });
}
