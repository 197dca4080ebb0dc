import { differsByRule, pairOf, tolerated } from '../ablation/arm-pair.ts';
import type { ArmPair, RealisedArm } from '../ablation/arm-pair.ts';
import { isWithin, shareOf } from '../composition/composition.ts';
import { displace } from '../composition/displacement.ts';
import type { NeededArm } from '../effect.ts';
import type { ScoredRun } from '../experiment.ts';

/** A slice that grows under `proportional`, with the arm in which it alone takes the tokens that are freed. */
export type FoundReceiver = {
  readonly receiver: string;
  /** Part of the freed tokens that it takes under `proportional`: x_r / (1 - x_s) in the arm with the slice. */
  readonly weight: number;
  readonly arm: RealisedArm | undefined;
};

const parentsOf = (leaf: string) => {
  const parts = leaf.split('/');
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};

/** The largest slices without any part of `slice`, or parts of `within`. */
export function outside(leaves: readonly string[], slice: string, within = ''): string[] {
  const found = leaves.flatMap((leaf) => {
    if (isWithin(leaf, slice)) return [];
    const node = parentsOf(leaf).find((one) => one.length > within.length && !isWithin(slice, one));
    return node === undefined || (within !== '' && !isWithin(leaf, within)) ? [] : [node];
  });
  return [...new Set(found)].toSorted();
}

/**
 * The slices that grow when `slice` is reduced under `proportional`, each with the arm of the swap into it: the same share
 * of the slice remains as in the pair, everything else is held. A slice is split into its parts where only these have arms.
 */
export function findReceivers(
  pair: ArmPair,
  arms: readonly RealisedArm[],
  slice: string,
): readonly FoundReceiver[] {
  const { more, less } = pair;
  const leaves = Object.keys(more.shares);
  const rest = 1 - shareOf(more.shares, slice);
  const kept = shareOf(less.shares, slice);
  const swapInto = (receiver: string) =>
    arms.find((arm) => {
      const swap = pairOf(more, arm, slice);
      const isAlike = Math.abs(shareOf(arm.shares, slice) - kept) <= tolerated(pair.dose);
      return arm !== more && isAlike && differsByRule(swap, slice, { rule: 'swap', into: receiver });
    });
  const split = (receiver: string): FoundReceiver[] => {
    const arm = swapInto(receiver);
    const parts = outside(leaves, slice, receiver);
    const hasParts = parts.length > 1 || (parts.length === 1 && parts[0] !== receiver);
    const ofParts = arm === undefined && hasParts ? parts.flatMap(split) : [];
    if (ofParts.some((part) => part.arm !== undefined)) return ofParts;
    return [{ receiver, weight: shareOf(more.shares, receiver) / rest, arm }];
  };
  return outside(leaves, slice)
    .flatMap(split)
    .filter(({ weight }) => weight > 0);
}

/** The arm of a swap into the receiver that would make its part known. */
export function neededArm(pair: ArmPair, slice: string, receiver: string): NeededArm {
  const kept = shareOf(pair.less.shares, slice);
  return needed(
    pair.more,
    `swap:${receiver}`,
    displace(pair.more.shares, slice, { rule: 'swap', into: receiver }, kept),
  );
}

/** An arm of the shares with as many runs as `reference`, three at least, on its seeds. */
export function needed(
  reference: RealisedArm,
  displacement: string,
  shares: Readonly<Record<string, number>> = {},
): NeededArm {
  const seeds = [
    ...new Set(reference.runs.flatMap(({ seed }: ScoredRun) => (seed === undefined ? [] : [`${seed}`]))),
  ];
  return {
    displacement,
    shares: Object.entries(shares).map(([leaf, share]) => ({ slice: leaf, share })),
    runs: Math.max(3, reference.runs.length),
    seeds: seeds.toSorted((left, right) => Number(left > right) - Number(left < right)),
  };
}

/** How many runs, and on which seeds. */
export const runsText = ({ runs, seeds }: NeededArm): string =>
  `${runs} runs${seeds.length > 0 ? ` on the seeds ${seeds.join(', ')}` : ' on different seeds'}`;

/** A needed arm in words. */
export function neededText(arm: NeededArm): string {
  const mixture = arm.shares.map(({ slice, share }) => `${slice} ${(100 * share).toFixed(1)} %`).join(', ');
  return `an arm of ${mixture}, ${runsText(arm)}`;
}
