import type { Identification } from '../effect.ts';
import { isExposed } from '../experiment.ts';
import type { Run, Warning } from '../experiment.ts';
import { briefly } from './briefly.ts';

/** The code of the warning that names runs whose history is in doubt: what depends on them is not complete. */
export const HISTORY_IN_DOUBT = 'history_in_doubt';

/** Runs that count and may have gone through an attempt of which nothing says where it began. Other steps may count then. */
export function unplacedAttempts(
  runs: readonly Run[],
): { readonly warning: Warning; readonly cap: Identification }[] {
  const found = runs.flatMap((run) =>
    run.status === 'completed' && isExposed(run)
      ? (run.unplaced ?? []).map((attempt) => `attempt ${attempt} of ${run.runId}`)
      : [],
  );
  if (found.length === 0) return [];
  const text =
    'Nothing says where attempts began, because only checkpoints, ends or skipped steps name them, so it is not known ' +
    `which steps of their runs count: ${briefly(found.toSorted())}.`;
  return [{ warning: { code: HISTORY_IN_DOUBT, text }, cap: 'observational_adjusted' }];
}
