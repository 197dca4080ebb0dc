import { Fault, groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { ownHistory } from './counted-history.ts';
import type { UnplacedAttempt } from './counted-history.ts';
import { runProgress, startedRuns, unstartedRuns } from './queries.ts';

/** A run with its newest attempt; `tokens` are those of all steps of the run that count. */
export type ListedRun = Omit<RowOf<typeof startedRuns>, 'newest' | 'positions' | 'begun'> &
  Pick<RowOf<typeof runProgress>, 'last_step' | 'tokens' | 'last_loss'> & {
    /** 0 where none is recorded. */
    readonly attempt: number;
    /** Whether the start of the run is recorded. */
    readonly started: boolean;
    /** A later attempt with steps or an end, and without a start; `attempt` and `status` are of the newest one with a start. */
    readonly unstarted_attempt: number | null;
    /** Attempts of which nothing says where they began, so that other steps than those of `tokens` may count; none without tokens. */
    readonly unplaced: readonly UnplacedAttempt[];
    readonly status: 'planned' | 'running' | 'completed' | 'failed' | 'stopped' | 'unknown';
    /** Positions of its facts: the first 1,000 where the start is not recorded. */
    readonly evidence: readonly number[];
  };

export type RunSelection = {
  readonly experiment_id: string | null;
  readonly run_id: string | null;
  /** Only these runs; all of them where absent or empty. */
  readonly run_ids?: string[];
  /** What ids begin with; empty for all. */
  readonly prefix: string;
  readonly after: string;
  readonly first: number;
  readonly as_of: LogPosition;
};

/**
 * Runs in the order of their ids. A run whose start is not recorded is listed with what is: it has no design, belongs to
 * no experiment, and has no status until its end is recorded. One of which only a plan is recorded is planned.
 */
export async function listRuns(reader: SqlReader, selection: RunSelection): Promise<ListedRun[]> {
  const { experiment_id, run_id } = selection;
  const asked = { run_ids: [], ...selection };
  const started = await reader.all(startedRuns, asked);
  const isStarted = started.length > 0 && started.every(({ newest }) => newest > 0);
  const isWhole = experiment_id !== null || (run_id !== null && isStarted);
  const unstarted = isWhole ? [] : await reader.all(unstartedRuns, { ...asked, start_from: 1 });
  const listed = joined(started, unstarted).toSorted(byId).slice(0, selection.first);
  return allWithProgress(reader, listed, selection.as_of);
}

/** Most runs that are read as a whole list. */
export const MOST_RUNS = 100_000;

/**
 * All runs of an experiment, or the named one where it belongs to it, in the order of their ids. Throws Fault `too_many_rows`
 * where there are more than `most`.
 */
export async function runsOfExperiment(
  reader: SqlReader,
  selection: Pick<RunSelection, 'run_id' | 'as_of'> & { readonly experiment_id: string },
  most = MOST_RUNS,
): Promise<ListedRun[]> {
  const runs = await listRuns(reader, { ...selection, prefix: '', after: '', first: most + 1 });
  if (runs.length > most)
    throw new Fault(
      'too_many_rows',
      `experiment ${selection.experiment_id} has more than ${most} runs, so that an answer would lack some; ask about its runs one by one`,
    );
  return runs;
}

/** Runs that belong to none of some experiments, and how many more of them there are. */
export type RunsOutside = { readonly runs: ListedRun[]; readonly beyond: number };

/**
 * Runs with a recorded start that belong to none of the experiments, in the order of their ids: those among the first
 * `first` started runs of all. Those after them are counted.
 */
export async function runsOutside(
  reader: SqlReader,
  experiments: ReadonlySet<string>,
  { first, as_of }: Pick<RunSelection, 'first' | 'as_of'>,
): Promise<RunsOutside> {
  const selection = { experiment_id: null, run_id: null, run_ids: [], prefix: '', after: '', first, as_of };
  const isOutside = ({ experiment_id, newest }: Started) => newest > 0 && !experiments.has(experiment_id);
  const started = await reader.all(startedRuns, selection);
  let beyond = 0;
  for (let page = started; page.length === first;) {
    page = await reader.all(startedRuns, { ...selection, after: page.at(-1)?.run_id ?? '' });
    beyond += page.filter(isOutside).length;
  }
  const runs = started.filter(isOutside).map((run) => ({ ...run, started: true }));
  return { runs: await allWithProgress(reader, runs, as_of), beyond };
}

async function allWithProgress(
  reader: SqlReader,
  listed: readonly RunOfPage[],
  as_of: LogPosition,
): Promise<ListedRun[]> {
  if (listed.length === 0) return [];
  const run_ids = listed.map(({ run_id }) => run_id);
  const history = await ownHistory(reader, run_ids, as_of);
  const progress = await reader.all(runProgress, { listed: run_ids, ...history, as_of });
  const progressOf = groupBy(progress, ({ run_id }) => run_id);
  const unplacedOf = groupBy(history.unplaced, ({ run }) => run);
  return listed
    .map((run) => withProgress(run, progressOf.get(run.run_id) ?? []))
    .map((run) => ({ ...run, unplaced: run.tokens === null ? [] : (unplacedOf.get(run.run_id) ?? []) }));
}

type Started = RowOf<typeof startedRuns>;
type Unstarted = RowOf<typeof unstartedRuns>;

/** Runs with a start, with a plan, and with neither. What else is recorded of a run with a plan says whether it began. */
function joined(started: readonly Started[], unstarted: readonly Unstarted[]): RunOfPage[] {
  const others = new Map(unstarted.map((run) => [run.run_id, run]));
  const begun = started.map((run): RunOfPage => {
    const other = others.get(run.run_id);
    if (run.newest > 0 || !other) return { ...run, started: run.newest > 0 };
    const positions = [...new Set([...run.positions, ...other.positions])];
    return {
      ...run,
      newest: other.newest,
      begun: other.has_begun ? 'unknown' : 'planned',
      positions,
      mentions: Math.max(other.mentions, positions.length),
      started: false,
    };
  });
  const known = new Set(begun.map(({ run_id }) => run_id));
  const mentioned = unstarted
    .filter(({ run_id }) => !known.has(run_id))
    .map(({ run_id, newest, positions, mentions }): RunOfPage => ({
      ...NO_DESIGN,
      run_id,
      newest,
      positions,
      mentions,
      begun: 'unknown',
      started: false,
    }));
  return [...begun, ...mentioned];
}

const NO_DESIGN = { experiment_id: '', arm: '', mixture_id: '', model: '', parameters: null, seed: null };

/** In the order of the bytes of their ids, as the queries are. */
const byId = (left: { run_id: string }, right: { run_id: string }): number =>
  Buffer.compare(Buffer.from(left.run_id), Buffer.from(right.run_id));

type RunOfPage = RowOf<typeof startedRuns> & { readonly started: boolean };

function withProgress(
  { newest, positions, begun, ...run }: RunOfPage,
  attempts: readonly RowOf<typeof runProgress>[],
): Omit<ListedRun, 'unplaced'> {
  const progress = attempts.find(({ attempt }) => attempt === newest);
  const tokens = attempts.reduce((sum, attempt) => sum + (attempt.tokens ?? 0), 0);
  const evidence = new Set([...positions, ...(progress?.evidence ?? [])]);
  return {
    ...run,
    attempt: newest,
    unstarted_attempt: run.started ? attemptAfter(newest, attempts) : null,
    status: progress?.status ?? (begun || 'running'),
    last_step: progress?.last_step ?? null,
    tokens: tokens || null,
    last_loss: progress?.last_loss ?? null,
    evidence: [...evidence].toSorted((left, right) => left - right),
  };
}

/** The last attempt, where it comes after the one given. */
function attemptAfter(newest: number, attempts: readonly { readonly attempt: number }[]): number | null {
  const last = attempts.reduce((most, { attempt }) => Math.max(most, attempt), newest);
  return last > newest ? last : null;
}
