import { largestGap, sumOf } from '../composition/plan-gap.ts';
import type { Identification } from '../effect.ts';
import type { Arm, ScoredRun } from '../experiment.ts';
import type { Finding } from './records.ts';

/** Largest difference of a sum of planned shares from one: published mixtures are rounded. */
const SUM_TOLERANCE = 0.005;

const NAMED = 5;

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const briefly = (found: readonly string[]) =>
  `${found.slice(0, NAMED).join('; ')}${found.length > NAMED ? ` and ${found.length - NAMED} more` : ''}`;

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
    const gap = plan && largestGap(plan, shares);
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
