import { valueIn } from '@tributary/kernel';
import { meanComposition, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import { displace } from '../composition/displacement.ts';
import type { Displacement } from '../composition/displacement.ts';
import type { Arm, ScoredRun } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';

/** An arm with the mean realised shares and the mean total of its scored runs. */
export type RealisedArm = {
  readonly arm: Arm;
  readonly runs: readonly ScoredRun[];
  readonly shares: Composition;
  readonly total: number;
};

/** What of an arm decides by what it differs from another one. */
export type Mixture = Pick<RealisedArm, 'shares' | 'total'>;

export type ArmPair = { readonly more: RealisedArm; readonly less: RealisedArm; readonly dose: number };

/** Largest accepted difference in any share between the realised arm and the one that the rule prescribes. */
export const SHARE_TOLERANCE = 0.005;

export const realise = (arm: Arm, runs: readonly ScoredRun[]): RealisedArm => ({
  arm,
  runs,
  shares: meanComposition(runs.map((run) => run.shares)),
  total: mean(runs.map((run) => run.total)),
});

/** For a small dose the tolerance is a fifth of it; otherwise the rules could not be told apart. */
export const tolerated = (dose: number) => Math.min(SHARE_TOLERANCE, dose / 5);

function largestGap(left: Composition, right: Composition): number {
  const leaves = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...leaves].reduce(
    (most, leaf) => Math.max(most, Math.abs((valueIn(left, leaf) ?? 0) - (valueIn(right, leaf) ?? 0))),
    0,
  );
}

/** The two arms with the share of the slice by which they differ. */
export const pairOf = (more: RealisedArm, less: RealisedArm, slice: string): ArmPair => ({
  more,
  less,
  dose: shareOf(more.shares, slice) - shareOf(less.shares, slice),
});

/** Amounts of the other slices as shares of the smaller budget. */
function amountsWithout(arm: Mixture, slice: string, budget: number): Composition {
  const others = Object.entries(arm.shares).filter(
    ([leaf]) => leaf !== slice && !leaf.startsWith(`${slice}/`),
  );
  return Object.fromEntries(others.map(([leaf, share]) => [leaf, (share * arm.total) / budget]));
}

/** Largest difference in any share from a pair that differs by the slice under the rule alone. */
function deviation(more: Mixture, less: Mixture, slice: string, displacement: Displacement): number {
  if (displacement.rule === 'added_budget') {
    return largestGap(amountsWithout(more, slice, less.total), amountsWithout(less, slice, less.total));
  }
  const wanted = displace(more.shares, slice, displacement, shareOf(less.shares, slice));
  return wanted ? largestGap(wanted, less.shares) : Number.POSITIVE_INFINITY;
}

/** Whether the realised shares of the arms differ by the slice under the rule alone, within the tolerance. */
export function differsByRule(
  { more, less, dose }: { readonly more: Mixture; readonly less: Mixture; readonly dose: number },
  slice: string,
  rule: Displacement,
): boolean {
  return dose > 0.001 && deviation(more, less, slice, rule) <= tolerated(dose);
}

/**
 * The pair of arms whose realised shares differ by the slice under the rule alone. Of several, a pair with a control arm
 * comes first, then the pair with the least of the slice, then the largest dose. Undefined where no pair fits.
 */
export function findPair(
  arms: readonly RealisedArm[],
  slice: string,
  displacement: Displacement,
): ArmPair | undefined {
  const pairs = arms.flatMap((more) =>
    arms.flatMap((less) => {
      const pair = pairOf(more, less, slice);
      return differsByRule(pair, slice, displacement) ? [pair] : [];
    }),
  );
  return pairs.toSorted(
    (a, b) =>
      Number(hasControl(b)) - Number(hasControl(a)) ||
      shareOf(a.less.shares, slice) - shareOf(b.less.shares, slice) ||
      b.dose - a.dose ||
      Number(a.more.arm.arm > b.more.arm.arm) - Number(a.more.arm.arm < b.more.arm.arm),
  )[0];
}

/** The arm that a removal of the slice would start from: one that holds it, the control before others. */
export const referenceArm = (arms: readonly RealisedArm[], slice: string): RealisedArm | undefined =>
  arms
    .filter(({ shares }) => shareOf(shares, slice) > 0)
    .toSorted((a, b) => Number(b.arm.control) - Number(a.arm.control))[0];

export const hasControl = ({ more, less }: ArmPair) => more.arm.control || less.arm.control;
