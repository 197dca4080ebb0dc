import type { Effect, Experiment, Identification, Warning } from '@tributary/attribution';
import { valueIn } from '@tributary/kernel';
import { isWithin } from './slice-names.ts';

/** Largest difference between a planned and a realised share: that of answers by recorded slices. */
const MOST_TOLERANCE = 0.015;
const LEAST_TOLERANCE = 0.002;

/**
 * Whether runs consumed what was planned for them, in recorded slices: a run that did not was not assigned what it
 * consumed, whichever way its tokens are counted.
 */
export function notFollowedPlan(recorded: Experiment): Warning | undefined {
  const plans = new Map(recorded.arms.map(({ arm, planned }) => [arm, planned]));
  const unlike = recorded.runs.flatMap(({ runId, arm, shares, unit, status }) => {
    const plan = unit === 'token' && status === 'completed' ? plans.get(arm) : undefined;
    return plan && differs(plan, shares) ? [runId] : [];
  });
  if (unlike.length === 0) return undefined;
  const named = `${unlike.slice(0, 5).join(', ')}${unlike.length > 5 ? ` and ${unlike.length - 5} more` : ''}`;
  const text = `Runs consumed other shares of the recorded slices than were planned: ${named}.`;
  return { code: 'planned_shares_not_realised', text };
}

type Shares = Readonly<Record<string, number>>;

function differs(plan: Shares, realised: Shares): boolean {
  const whole = sumOf(Object.values(plan));
  const slices = Object.keys(plan);
  const others = Object.keys(realised).filter((leaf) => !slices.some((slice) => isWithin(leaf, slice)));
  return [...slices, ...others].some((slice) => {
    const planned = (valueIn(plan, slice) ?? 0) / whole;
    const consumed = sumOf(
      Object.entries(realised).flatMap(([leaf, share]) => (isWithin(leaf, slice) ? share : [])),
    );
    const tolerance = Math.max(LEAST_TOLERANCE, Math.min(MOST_TOLERANCE, planned / 2));
    return whole > 0 && Math.abs(consumed - planned) > tolerance;
  });
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** What remains of an identification that rests on an assignment which was not followed. */
export function lowered({ identification, estimator }: Effect): Identification {
  if (identification === 'randomised' && estimator.id.startsWith('controlled_ablation'))
    return 'controlled_ablation';
  return estimator.id.startsWith('controlled_ablation') || !STRONG.has(identification)
    ? identification
    : 'observational_adjusted';
}

const STRONG: ReadonlySet<Identification> = new Set([
  'randomised',
  'controlled_ablation',
  'branch_from_checkpoint',
  'phase_change_controlled',
  'phase_change_single_run',
]);
