import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { ownHistory } from '@tributary/training';
import type { CountedHistory, ListedRun } from '@tributary/training';
import { startUnknown } from './unrecorded-steps.ts';

/** Attempts that the runs of a history may have gone through, and of which nothing says where they began. */
export type Unplaced = CountedHistory['unplaced'];

/** Attempts that are named; more are counted. */
const NAMED = 3;

/** Why other steps may count than those of a history: it is not known where some attempts began. */
export function doubtsOfHistory({ unplaced }: { readonly unplaced: Unplaced }): string[] {
  const texts = [...new Set(unplaced.map(startUnknown))];
  const more = texts.length - NAMED;
  return [
    ...texts.slice(0, NAMED),
    ...(more > 0 ? [`so of ${more} more ${more === 1 ? 'attempt' : 'attempts'}`] : []),
  ];
}

/** Of listed runs that have tokens of steps that count, why these may be others. */
export async function doubtsOfRuns(
  reader: SqlReader,
  listed: readonly ListedRun[],
  as_of: LogPosition,
): Promise<(run: string) => string[]> {
  const run_ids = listed.flatMap(({ run_id, tokens }) => (tokens === null ? [] : [run_id]));
  if (run_ids.length === 0) return () => [];
  const { unplaced } = await ownHistory(reader, run_ids, as_of);
  const byRun = groupBy(unplaced, ({ run }) => run);
  return (run) => doubtsOfHistory({ unplaced: byRun.get(run) ?? [] });
}
