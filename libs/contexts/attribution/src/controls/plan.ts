import { valueIn } from '@tributary/kernel';
import { close, isWithin, shareOf } from '../composition/composition.ts';
import type { Composition } from '../composition/composition.ts';
import type { Identification } from '../effect.ts';
import type { Arm, ScoredRun } from '../experiment.ts';
import type { Finding } from './records.ts';

/** Largest difference of a sum of planned shares from one: published mixtures are rounded. */
const SUM_TOLERANCE = 0.005;

/**
 * Largest difference between a planned and a realised share, and half the planned share where that is less: drawing some
 * ten thousand sequences at random moves a share by up to a point and a half.
 */
const SHARE_TOLERANCE = 0.015;
const LEAST_TOLERANCE = 0.002;

const NAMED = 5;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const briefly = (found: readonly string[]) =>
  `${found.slice(0, NAMED).join('; ')}${found.length > NAMED ? ` and ${found.length - NAMED} more` : ''}`;

const sumOf = (planned: Composition) => Object.values(planned).reduce((sum, weight) => sum + weight, 0);

type Gap = { readonly slice: string; readonly planned: number; readonly realised: number };

/** The slice that deviates most from the plan, where it does beyond the tolerance. */
function largestGap(plan: Composition, realised: Composition): Gap | undefined {
  const planned = close(plan);
  const slices = Object.keys(planned);
  const others = Object.keys(realised).filter((leaf) => !slices.some((slice) => isWithin(leaf, slice)));
  return [...slices, ...others]
    .map((slice) => ({ slice, planned: valueIn(planned, slice) ?? 0, realised: shareOf(realised, slice) }))
    .filter((gap) => Math.abs(gap.realised - gap.planned) > tolerated(gap.planned))
    .toSorted((a, b) => Math.abs(b.realised - b.planned) - Math.abs(a.realised - a.planned))[0];
}

const tolerated = (planned: number) => Math.max(LEAST_TOLERANCE, Math.min(SHARE_TOLERANCE, planned / 2));

/**
 * Plans whose shares do not add up, and runs, counted in tokens, whose realised shares differ from the planned ones. Effects are those of the
 * realised shares; a run that did not follow its assignment was not assigned what it consumed, so `cap` is what remains.
 */
export function planFindings(
  arms: readonly Arm[],
  runs: readonly ScoredRun[],
  cap: Identification,
): Finding[] {
  const plans = new Map(arms.flatMap(({ arm, planned }) => (planned ? [[arm, planned] as const] : [])));
  const uneven = [...plans]
    .filter(([, planned]) => Math.abs(sumOf(planned) - 1) > SUM_TOLERANCE)
    .map(([arm, planned]) => `${arm} to ${sumOf(planned).toFixed(3)}`);
  const unlike = runs.flatMap(({ runId, arm, shares, unit }) => {
    const plan = unit === 'token' ? plans.get(arm) : undefined;
    const gap = plan && sumOf(plan) > 0 ? largestGap(plan, shares) : undefined;
    return gap
      ? [`${runId} ${gap.slice} ${percent(gap.planned)} planned, ${percent(gap.realised)} realised`]
      : [];
  });
  const finding = (code: string, text: string): Finding => ({ warning: { code, text }, cap });
  return [
    ...(uneven.length > 0
      ? [
          finding(
            'planned_shares_do_not_add_up',
            `The planned shares of arms add up to other than one: ${briefly(uneven)}.`,
          ),
        ]
      : []),
    ...(unlike.length > 0
      ? [
          finding(
            'planned_shares_not_realised',
            `Runs consumed other shares than were planned, and the effect is that of the realised ones: ${briefly(unlike)}.`,
          ),
        ]
      : []),
  ];
}
