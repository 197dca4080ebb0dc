import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { endOf, exposureGaps, reachedSteps, startsOfRuns } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import { firstStepOf, passedIn } from './origins.ts';
import type { Start } from './origins.ts';

/** The counted steps of runs: their own and, of the others in their history, those that they inherit. */
export type CountedSteps = {
  readonly runs: readonly string[];
  readonly history: CountedHistory;
  readonly as_of: LogPosition;
};

/**
 * The last step that counts of each run of a history and that it is known to have had: by what is recorded of its attempts, by the
 * steps that later attempts go on from, and of an inherited run by the one that is inherited last.
 */
export async function lastSteps(
  reader: SqlReader,
  { runs, history, as_of }: CountedSteps,
): Promise<Map<string, number>> {
  const { run_ids, attempts, ends } = history;
  const reached = await reader.all(reachedSteps, { run_ids, attempts, ends, as_of });
  const last = new Map(reached.map(({ run_id, last_step }) => [run_id, last_step]));
  /* The end of the newest attempt of a run is what is asked about. */
  const open = new Set(runs);
  for (const [at, run] of run_ids.entries()) {
    const end = endOf(history, at);
    if (!open.delete(run) && end !== null) last.set(run, Math.max(end, last.get(run) ?? 0));
  }
  return last;
}

type Asked = CountedSteps & {
  /** The first step that is asked about; 0 for all. */
  readonly fromStep?: number;
  /** A step that the runs are known to have had. */
  readonly knownStep?: number;
};

/** Steps of a run of which no exposure is recorded: how many times it lacks some, and where first. */
export type UnrecordedSteps = RowOf<typeof exposureGaps>;

/** The starts of the runs of a history, and of each with exposure that counts its steps of which none is recorded. */
export async function unrecordedSteps(
  reader: SqlReader,
  { fromStep = 0, knownStep = 0, ...counted }: Asked,
): Promise<{ readonly starts: readonly Start[]; readonly unrecorded: readonly UnrecordedSteps[] }> {
  const { runs, history, as_of } = counted;
  const run_ids = [...new Set([...runs, ...history.run_ids])];
  const [starts, last] = await Promise.all([
    reader.all(startsOfRuns, { run_ids, as_of }),
    lastSteps(reader, counted),
  ]);
  const passed = passedIn(history, starts);
  const own = new Set(runs);
  const bounds = run_ids.flatMap((run) => {
    const first = firstStepOf(passed, run);
    const known = own.has(run) ? knownStep : 0;
    return first ? [{ run, ...first, last: Math.max(known, last.get(run) ?? 0) }] : [];
  });
  const unrecorded = await reader.all(exposureGaps, {
    run_ids: history.run_ids,
    attempts: history.attempts,
    ends: history.ends,
    from_step: fromStep,
    bounded: bounds.map(({ run }) => run),
    first_steps: bounds.map((bound) => bound.own),
    continued_steps: bounds.map(({ continued }) => continued),
    last_steps: bounds.map((bound) => bound.last),
    as_of,
  });
  return { starts, unrecorded };
}

/**
 * Why more may have been consumed than what is recorded: some of these runs have steps without exposure, or no exposure. Nothing
 * where none has any: that is said otherwise.
 */
export function unrecordedExposure(rows: readonly UnrecordedSteps[], runs: readonly string[]): string[] {
  if (rows.length === 0) return [];
  const recorded = new Map(rows.map((row) => [row.run_id, row]));
  return [...new Set(runs)].flatMap((run) => {
    const row = recorded.get(run);
    return row ? missingSteps(row) : [`no exposure of run ${run} is counted`];
  });
}

function missingSteps({ run_id, gaps, gap_from, gap_to }: UnrecordedSteps): string[] {
  if (gap_from === null || gap_to === null) return [];
  const steps = gap_from === gap_to ? `step ${gap_from}` : `steps ${gap_from} to ${gap_to}`;
  const more = gaps === 1 ? '' : ` and ${gaps - 1} more ${gaps === 2 ? 'gap' : 'gaps'}`;
  return [`no exposure of run ${run_id} is recorded for ${steps}${more}`];
}
