import type { LogPosition, SqlReader } from '@tributary/kernel';
import { lookForExperiments } from './found-experiments.ts';
import type { FoundExperiments } from './found-experiments.ts';

/** Time for which the last search is given again, in milliseconds. */
const REMEMBERED = 10_000;

/** The experiments found among the runs outside of the assigned ones, as of a position. */
export type ExperimentSearch = (assigned: readonly string[], as_of: LogPosition) => Promise<FoundExperiments>;

type LastSearch = { readonly key: string; readonly until: number; readonly found: WeakRef<FoundExperiments> };

/**
 * Gives the last search again where it is of the same position and at most ten seconds old: whoever asks about a found
 * experiment has often just listed them. Not for longer, because tables that lacked rows are filled without a new event. It is
 * held weakly, because it has all that is recorded of the runs. A search that failed is not given again.
 * `elapsed` returns milliseconds that never go back.
 */
export function recentSearch(
  sql: SqlReader,
  elapsed: () => number = () => performance.now(),
): ExperimentSearch {
  let last: LastSearch | undefined;
  return async (assigned, as_of) => {
    const key = JSON.stringify([as_of, assigned]);
    const recent = last && last.key === key && elapsed() < last.until ? last.found.deref() : undefined;
    if (recent) return recent;
    const found = await lookForExperiments(sql, assigned, as_of);
    last = { key, until: elapsed() + REMEMBERED, found: new WeakRef(found) };
    return found;
  };
}
