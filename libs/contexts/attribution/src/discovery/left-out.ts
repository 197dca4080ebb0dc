import { isExposed } from '../experiment.ts';
import { factsToAgree } from './recorded-run.ts';
import type { RecordedRun } from './recorded-run.ts';

/**
 * Why a run belongs to no found experiment, or not to one that it agrees with. `unlike_all`: no other usable run records
 * the same facts and consumed as much. `one_mixture`: all runs that agree realised one mixture. `no_contrast`: its
 * mixture differs from every other one by more than one slice, and there are too few of those for a surface.
 * `other_exposure`: it agrees in its facts, and consumed another amount or counted it in another unit.
 * `not_read`: there are more runs than are compared; whoever reads them says so.
 */
export type LeftOutReason =
  | 'no_start'
  | 'not_completed'
  | 'no_exposure'
  | 'no_score'
  | 'unlike_all'
  | 'one_mixture'
  | 'no_contrast'
  | 'other_exposure'
  | 'not_read';

/** Runs that are left out for one reason. */
export type LeftOut = { readonly reason: LeftOutReason; readonly runs: number; readonly text: string };

/** Why nothing can be computed from a run; undefined where something can. */
export function unusable(run: RecordedRun): LeftOutReason | undefined {
  if (!run.hasStart) return 'no_start';
  if (run.status !== 'completed') return 'not_completed';
  if (!run.isScored) return 'no_score';
  return isExposed(run) && run.total > 0 && run.total < Infinity ? undefined : 'no_exposure';
}

const WHY: Readonly<Record<LeftOutReason, string>> = {
  no_start: 'with scores whose start is not recorded, so nothing is known of them',
  not_completed: 'failed, stopped early, or without a recorded end',
  no_exposure: 'without recorded exposure and without a registered dataset, so their mixture is unknown',
  no_score: 'without a score',
  unlike_all: 'unlike every other run in some recorded fact or in the amount consumed',
  one_mixture: 'with one mixture among all that agree',
  no_contrast:
    'with a mixture that differs from every other one by more than one slice, too few of them for a surface',
  other_exposure: 'with equal facts, that consumed another amount or counted it differently',
  not_read: 'beyond those that are compared',
};

const NAMED = 3;

/** The reasons with the number of their runs, the most frequent first. */
export function leftOut(reasons: ReadonlyMap<RecordedRun, LeftOutReason>): LeftOut[] {
  const counts = new Map<LeftOutReason, RecordedRun[]>();
  for (const [run, reason] of reasons) {
    const known = counts.get(reason);
    if (known) known.push(run);
    else counts.set(reason, [run]);
  }
  return [...counts]
    .map(([reason, runs]) => ({ reason, runs: runs.length, text: textOf(reason, runs) }))
    .toSorted(
      (left, right) =>
        right.runs - left.runs || Number(left.reason > right.reason) - Number(left.reason < right.reason),
    );
}

function textOf(reason: LeftOutReason, runs: readonly RecordedRun[]): string {
  const ids = runs.map(({ runId }) => runId).toSorted();
  const more = ids.length > NAMED ? ` and ${ids.length - NAMED} more` : '';
  const apart = reason === 'unlike_all' ? setsApart(runs) : '';
  const noun = runs.length === 1 ? 'run' : 'runs';
  const mixed = reason === 'no_exposure' ? inSeveralUnits(runs) : '';
  return `${runs.length} ${noun} ${WHY[reason]}: ${ids.slice(0, NAMED).join(', ')}${more}.${apart}${mixed}`;
}

/** How many of the runs recorded amounts of which no one unit counts all. */
function inSeveralUnits(runs: readonly RecordedRun[]): string {
  const found = runs.filter(({ otherUnits }) => otherUnits !== undefined).length;
  return found === 0 ? '' : ` Of ${found} the amounts are in several units, which are never added.`;
}

/** The facts in which runs that agree with no other one differ most. */
function setsApart(runs: readonly RecordedRun[]): string {
  if (runs.length < 2) return '';
  const values = new Map<string, Set<string>>();
  for (const run of runs) {
    for (const [field, value] of factsToAgree(run)) {
      const known = values.get(field);
      if (known) known.add(value);
      else values.set(field, new Set([value]));
    }
  }
  const varied = [...values]
    .filter(([, { size }]) => size > 1)
    .toSorted(
      ([left, one], [right, other]) => other.size - one.size || Number(left > right) - Number(left < right),
    );
  if (varied.length === 0) return '';
  const named = varied.slice(0, NAMED).map(([field, { size }]) => `${field} (${size} values)`);
  return ` They differ most in ${named.join(', ')}.`;
}
