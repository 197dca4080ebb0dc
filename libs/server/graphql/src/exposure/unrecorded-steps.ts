import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { endOf, exposureGaps, OPEN_END, reachedSteps, startsOfRuns } from '@tributary/training';
import type { CountedHistory, UnplacedAttempt, UnresolvedOrigin } from '@tributary/training';
import { doubtsOfHistory } from './history-doubts.ts';
import { firstStepOf, passedIn } from './origins.ts';
import type { Start } from './origins.ts';

/** The counted steps of runs: their own and, of the others in their history, those that they inherit. */
export type CountedSteps = {
  readonly runs: readonly string[];
  readonly history: CountedHistory;
  readonly as_of: LogPosition;
};

/** The last step that something is recorded of, and the last that a checkpoint, an end, a later attempt or a fork names; 0 where none is. */
export type LastStep = { readonly step: number; readonly mark: number };

const NONE: LastStep = { step: 0, mark: 0 };

/** Of each run of a history, the last step that counts and that it is known to have had. */
export async function lastSteps(
  reader: SqlReader,
  { runs, history, as_of }: CountedSteps,
): Promise<Map<string, LastStep>> {
  const { run_ids, attempts, ends } = history;
  const reached = await reader.all(reachedSteps, { run_ids, attempts, ends, as_of });
  const last = new Map<string, LastStep>(
    reached.map(({ run_id, last_step: step, last_mark: mark }) => [run_id, { step, mark }]),
  );
  const own = new Set(runs);
  for (const [at, run] of run_ids.entries()) {
    const known = last.get(run) ?? NONE;
    last.set(run, { ...known, mark: Math.max(known.mark, namedEnd(history, at, own.has(run))) });
  }
  return last;
}

/** The last step of a segment where a later attempt goes on, or a fork does; 0 where the end is only that of the question. */
function namedEnd(history: CountedHistory, at: number, isOwn: boolean): number {
  const end = endOf(history, at);
  const takenOver = history.taken_over[at] ?? OPEN_END;
  if (takenOver < OPEN_END) return Math.min(takenOver - 1, end ?? Infinity);
  return isOwn ? 0 : (end ?? 0);
}

type Asked = CountedSteps & {
  /** The first step that is asked about; 0 for all. */
  readonly fromStep?: number;
  /** A step that the runs are known to have had. */
  readonly knownStep?: number;
};

/** Steps of a run of which no exposure is recorded: how many times it lacks some, and where first. */
type UnrecordedSteps = RowOf<typeof exposureGaps>;

/** What is not recorded of the steps of runs. */
export type Unrecorded = {
  /** The starts of the runs. */
  readonly starts: readonly Start[];
  /** Of each run with exposure that counts, the steps of which none is recorded. */
  readonly unrecorded: readonly UnrecordedSteps[];
  /** The runs that had steps that count, and of which no exposure does. */
  readonly unexposed: readonly string[];
  /** Attempts that the runs may have gone through and that only checkpoints, ends or skips name. */
  readonly unplaced: readonly UnplacedAttempt[];
};

export async function unrecordedSteps(
  reader: SqlReader,
  { fromStep = 0, knownStep = 0, ...counted }: Asked,
): Promise<Unrecorded> {
  const { runs, history, as_of } = counted;
  const run_ids = [...new Set([...runs, ...history.run_ids])];
  const [starts, last] = await Promise.all([
    reader.all(startsOfRuns, { run_ids, as_of }),
    lastSteps(reader, counted),
  ]);
  const passed = passedIn(history, starts);
  const own = new Set(runs);
  const bounds = run_ids.map((run) => {
    const { step, mark } = last.get(run) ?? NONE;
    const known = own.has(run) ? knownStep : 0;
    return { run, ...firstStepOf(passed, run), step, mark: Math.max(mark, known) };
  });
  const unrecorded = await reader.all(exposureGaps, {
    run_ids: history.run_ids,
    attempts: history.attempts,
    ends: history.ends,
    from_step: fromStep,
    bounded: bounds.map(({ run }) => run),
    first_steps: bounds.map((bound) => bound.own),
    continued_steps: bounds.map(({ continued }) => continued),
    last_steps: bounds.map(({ step }) => step),
    last_marks: bounds.map(({ mark }) => mark),
    as_of,
  });
  const exposed = new Set(unrecorded.map(({ run_id }) => run_id));
  const had = bounds.filter(
    ({ step, mark, own: first }) => Math.max(step, mark) >= Math.max(first, fromStep, 1),
  );
  const unexposed = had.flatMap(({ run }) => (exposed.has(run) ? [] : [run]));
  return { starts, unrecorded, unexposed, unplaced: history.unplaced };
}

/**
 * Why other amounts may have been consumed than what is recorded: some of the runs have steps without exposure, or no exposure,
 * or an attempt of which nothing says where it began. Nothing where none has any: that is said otherwise.
 */
export function unrecordedExposure({
  unrecorded,
  unexposed,
  unplaced,
}: Omit<Unrecorded, 'starts'>): string[] {
  if (unrecorded.length === 0) return [];
  return [
    ...unrecorded.flatMap(missingSteps),
    ...unexposed.map(notExposed),
    ...doubtsOfHistory({ unplaced }),
  ];
}

/** Why something that a run was made from does not count, or may be another. */
export function unresolvedOrigin({ why, id }: UnresolvedOrigin): string {
  switch (why) {
    case 'run_unknown':
      return notExposed(id);
    case 'run_repeated':
      return `the runs that were forked come back to run ${id}, or are too many to follow: more of it does not count`;
    case 'checkpoint_unknown':
      return `no event says which run saved checkpoint ${id}`;
    case 'checkpoint_repeated':
      return `several runs saved checkpoint ${id}: what the last of them had consumed counts`;
  }
}

export const notExposed = (run: string): string => `no exposure of run ${run} is counted`;

function missingSteps({ run_id, gaps, gap_from, gap_to }: UnrecordedSteps): string[] {
  if (gap_from === null || gap_to === null) return [];
  const steps = gap_from === gap_to ? `step ${gap_from}` : `steps ${gap_from} to ${gap_to}`;
  const more = gaps === 1 ? '' : ` and ${gaps - 1} more ${gaps === 2 ? 'gap' : 'gaps'}`;
  return [`no exposure of run ${run_id} is recorded for ${steps}${more}`];
}
