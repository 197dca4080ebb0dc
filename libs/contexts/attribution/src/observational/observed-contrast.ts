import { close, meanComposition, shareOf, sharesIn } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { displace } from '../composition/displacement.ts';
import type { FixedBudgetRule } from '../composition/displacement.ts';
import { hullDistance } from '../composition/hull.ts';
import type { Dose } from '../effect.ts';
import { groupBy, valueIn } from '@tributary/kernel';
import { HULL_TOLERANCE } from '../swarm/swarm-checks.ts';
import type { Swarm } from '../swarm/swarm.ts';

/** Two mixtures whose difference is asked for, and the coordinates in which it moves a single one. */
export type ObservedContrast = {
  readonly more: Dose;
  readonly less: Dose;
  /** Whether this is a smaller reduction than all of the slice. */
  readonly isPartial: boolean;
  /** Share of the slice in each run. */
  readonly share: Float64Array;
  /** What the shares say besides: along the displacement these stay as they are. One column for each leaf. */
  readonly others: readonly Float64Array[];
};

/** Smallest reduction, relative to all of the slice, for which an effect is estimated. */
const LEAST_DOSE = 0.1;
const HALVINGS = 12;

/**
 * The mean mixture of the runs that hold the slice against the same with as little of it as the hull of all runs supports.
 * With the direction δ of the displacement per unit share (δ of the slice is one), a linear outcome is
 * a + slope · share + Σ g_j (share_j - δ_j share): a move along δ changes the first term alone. Undefined where no other
 * slice can take the tokens, or where less than a tenth of the slice can be taken inside the hull.
 */
export function observedContrast(
  { runs, observations }: Swarm,
  slice: string,
  rule: FixedBudgetRule,
): ObservedContrast | undefined {
  const { components, shares } = observations;
  const holding = runs.filter((run) => shareOf(run.shares, slice) > 0);
  const none = Object.fromEntries(components.map((leaf) => [leaf, 0]));
  const reference = close(meanComposition(holding.map((run) => ({ ...none, ...run.shares }))));
  const held = shareOf(reference, slice);
  const corners = [...groupBy(shares, String).values()].map(([row]) => row!);
  const isInside = (mixture: Composition | undefined) =>
    mixture !== undefined && hullDistance(corners, sharesIn(components, mixture)) <= HULL_TOLERANCE;
  const keeping = (kept: number) => displace(reference, slice, rule, kept);
  const kept = leastInside((share) => isInside(keeping(share)), held);
  const less = keeping(kept);
  if (!less || held - kept < LEAST_DOSE * held) return undefined;
  const share = Float64Array.from(runs, (run) => shareOf(run.shares, slice));
  const others = components.map((leaf, column) => {
    const along = ((valueIn(reference, leaf) ?? 0) - (valueIn(less, leaf) ?? 0)) / (held - kept);
    return Float64Array.from(shares, (row, run) => row[column]! - along * share[run]!);
  });
  const more = `mean of the ${holding.length} runs that hold ${slice}`;
  const without = kept > 0 ? `with ${(100 * kept).toFixed(1)} % ${slice}` : `without ${slice}`;
  return {
    more: { mixture: more, share: held },
    less: { mixture: `${more}, ${without}`, share: kept },
    isPartial: kept > 0,
    share,
    others,
  };
}

/** The least share of the slice that stays inside, by bisection: none, or more than that. */
function leastInside(isInside: (kept: number) => boolean, held: number): number {
  if (isInside(0)) return 0;
  let [outside, inside] = [0, held];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (outside + inside) / 2;
    if (isInside(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}
