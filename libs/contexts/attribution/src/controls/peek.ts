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
 * Says where outcomes of the experiment are still to come: runs of its arms without a recorded end, and arms without a run.
 * Whoever looks until an interval excludes zero finds one more often than p and q values say (optional stopping).
 */
export function peekWarnings({ arms, runs }: Experiment): Warning[] {
  const assigned = new Set(arms.map(({ arm }) => arm));
  const tried = new Set(runs.map(({ arm }) => arm));
  const unfinished = runs.filter(({ arm, status }) => assigned.has(arm) && status === 'running');
  const empty = [...assigned].filter((arm) => !tried.has(arm));
  const parts = [
    ...(unfinished.length > 0
      ? [
          `without a recorded end: ${listed(
            unfinished.map(({ runId }) => runId),
            'run',
          )}`,
        ]
      : []),
    ...(empty.length > 0 ? [`without a run: ${listed(empty, 'arm')}`] : []),
  ];
  if (parts.length === 0) return [];
  const text =
    `This answer is a peek, outcomes are still to come; ${parts.join('; ')}. ` +
    'p and q values hold for a look that was planned, not for the one of several at which somebody stops.';
  return [{ code: 'peek', text }];
}
