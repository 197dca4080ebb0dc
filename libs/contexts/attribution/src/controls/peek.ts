import type { Effect } from '../effect.ts';
import type { Experiment, Warning } from '../experiment.ts';

/** Names in a text; the others are counted. */
const LISTED = 5;

function listed(names: readonly string[], noun: string): string {
  const sorted = names.toSorted();
  const more = sorted.length > LISTED ? ` and ${sorted.length - LISTED} more` : '';
  const plural = sorted.length === 1 ? '' : 's';
  return `${sorted.length} ${noun}${plural} (${sorted.slice(0, LISTED).join(', ')}${more})`;
}

/**
 * Where outcomes of the experiment are still to come, in words: runs of its arms without a recorded end, and arms without a
 * run. Undefined where all are there.
 */
export function outcomesToCome({ arms, runs }: Experiment): string | undefined {
  const assigned = new Set(arms.map(({ arm }) => arm));
  const tried = new Set(runs.map(({ arm }) => arm));
  const unfinished = runs.filter(({ arm, status }) => assigned.has(arm) && status === 'running');
  const empty = [...assigned].filter((arm) => !tried.has(arm));
  const ids = unfinished.map(({ runId }) => runId);
  const parts = [
    ...(ids.length > 0 ? [`without a recorded end: ${listed(ids, 'run')}`] : []),
    ...(empty.length > 0 ? [`without a run: ${listed(empty, 'arm')}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}

/**
 * Says of an effect that outcomes are still to come, and what that does to it. Whoever looks until an interval excludes
 * zero finds one more often than p and q values say (optional stopping), unless they hold at every look.
 */
export function peekWarning({ estimator, pValue, interval }: Effect, toCome: string): Warning {
  const start = `This answer is a peek, outcomes are still to come; ${toCome}.`;
  if (!estimator.id.startsWith('controlled_ablation') || pValue === null) {
    const text = `${start} p and q values hold for a look that was planned, not for the one of several at which somebody stops.`;
    return { code: 'peek', text };
  }
  const holds = interval
    ? `The interval (${Number((100 * interval.level).toFixed(3))} %) and the p value hold at every look, also at the one at which somebody stops.`
    : 'So few outcomes have no interval that holds at every look; the p value does.';
  const text = `${start} ${holds} The interval for one planned look stands beside it, as fixed_n.`;
  return { code: 'anytime_valid', text };
}
