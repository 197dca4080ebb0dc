import { Fault, groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { savesOfRuns } from './checkpoint-queries.ts';
import { stepCounter } from './counted-history.ts';
import type { CountedHistory } from './counted-history.ts';

/** One time that a run saved a checkpoint. */
export type Save = RowOf<typeof savesOfRuns>;

/** What a score or items say of the state of a run that they measure; the position of the fact is their evidence. */
export type MeasuredState = {
  readonly run_id: string;
  /** Empty where none is named. */
  readonly checkpoint_id: string;
  readonly step: number | null;
  readonly evidence: number;
};

const MAX_SAVES = 1_000_000;

/**
 * Finds the checkpoint behind a measurement whose steps do not count, because a later attempt supersedes them. A measurement that
 * names a checkpoint of its run is of the last time that this was saved before it, because a later attempt can save it again under
 * one id. Another one, with a step, is of what was saved there: in doubt, and found, where that was by superseded attempts alone.
 */
export async function supersededSaves(
  sql: SqlReader,
  history: CountedHistory,
  as_of: LogPosition,
): Promise<(state: MeasuredState) => Save | undefined> {
  /* The first attempt alone supersedes nothing. */
  const run_ids = [...new Set(history.run_ids.filter((_, at) => (history.attempts[at] ?? 0) > 1))];
  if (run_ids.length === 0) return () => undefined;
  const saves = await sql.all(savesOfRuns, { run_ids, first: MAX_SAVES + 1, as_of });
  if (saves.length > MAX_SAVES)
    throw new Fault(
      'too_many_rows',
      `these runs saved checkpoints more than ${MAX_SAVES} times; ask about fewer`,
    );
  return finderIn(saves, history);
}

const keyOf = (run: string, named: string | number): string => JSON.stringify([run, named]);

function finderIn(
  saves: readonly Save[],
  history: CountedHistory,
): (state: MeasuredState) => Save | undefined {
  const isCounted = stepCounter(history);
  const counts = ({ run_id: run, attempt, step }: Save): boolean => isCounted({ run, attempt, step });
  const byName = groupBy(saves, ({ run_id, checkpoint_id }) => keyOf(run_id, checkpoint_id));
  const byStep = groupBy(saves, ({ run_id, step }) => keyOf(run_id, step));
  return ({ run_id, checkpoint_id, step, evidence }) => {
    const named = byName.get(keyOf(run_id, checkpoint_id));
    const save = named?.findLast((one) => one.evidence < evidence) ?? named?.at(-1);
    if (save) return counts(save) ? undefined : save;
    const there = step === null ? [] : (byStep.get(keyOf(run_id, step)) ?? []);
    return there.some(counts) ? undefined : there.at(-1);
  };
}
