import { largest, smallest } from '@tributary/kernel';
import { shareOf } from '../composition/composition.ts';
import type { Dose, EffectQuestion } from '../effect.ts';
import type { Warning } from '../experiment.ts';
import { variance } from '../numerics/moments.ts';
import { eValue, ratioOfDifference } from '../statistics/e-value.ts';
import type { Interval } from '../statistics/welch.ts';
import type { Swarm } from '../swarm/swarm.ts';

type Sides = { readonly more: Dose; readonly less: Dose };
type Estimated = { readonly value: number; readonly interval: Interval };

/**
 * What an effect over runs that nobody assigned rests on: how many runs support either side of the contrast, what is
 * adjusted for, and how strong an unrecorded confounder would have to be. None for a swarm whose mixtures were assigned.
 */
export function observationalWarnings(
  { arms, runs }: Swarm,
  { slice, capability }: EffectQuestion,
  { more, less }: Sides,
  { value, interval }: Estimated,
): Warning[] {
  if (arms.some(({ design }) => design === 'swarm')) return [];
  const shares = runs.map((run) => shareOf(run.shares, slice));
  const spread = Math.sqrt(variance(runs.map(({ score }) => score.value)));
  return [
    { code: 'overlap', text: overlapText(slice, shares, (more.share + less.share) / 2) },
    { code: 'sensitivity', text: sensitivityText(slice, capability, spread, { value, interval }) },
  ];
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function overlapText(slice: string, shares: readonly number[], middle: number): string {
  const above = shares.filter((share) => share >= middle).length;
  return (
    `The share of ${slice} lies from ${percent(smallest(shares))} to ${percent(largest(shares))} in ${shares.length} runs: ` +
    `${above} are on the side with more of it and ${shares.length - above} on the side with less. ` +
    'Adjusted for are the shares of the other slices, through the surface, and nothing else.'
  );
}

function sensitivityText(
  slice: string,
  capability: string,
  spread: number,
  { value, interval }: Estimated,
): string {
  const strength = (difference: number) => eValue(ratioOfDifference(difference, spread)).toFixed(2);
  const includesZero = interval.low <= 0 && interval.high >= 0;
  const nearest = interval.low > 0 ? interval.low : interval.high;
  const lead =
    `An unrecorded confounder would have to go along with both the share of ${slice} and ${capability} by a risk ratio ` +
    `of ${strength(value)} each to explain the effect (E-value)`;
  return includesZero
    ? `${lead}; its interval contains zero without one.`
    : `${lead}, and by one of ${strength(nearest)} for its interval to reach zero.`;
}
