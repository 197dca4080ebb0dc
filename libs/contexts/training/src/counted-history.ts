import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { OPEN_END, segmentsOf, unplacedIn } from './history.ts';
import type { Attempt } from './history.ts';
import { isUnplaced, knownAttempts } from './known-attempts.ts';
import type { KnownAttempt } from './known-attempts.ts';
import { savedCheckpoint } from './queries.ts';

/** The segments of runs as parallel arrays; `ends` are exclusive. */
export type CountedHistory = {
  readonly run_ids: string[];
  readonly attempts: number[];
  readonly ends: number[];
  /** The steps from which later attempts go on: the ends, without that of the question. */
  readonly taken_over: number[];
  /** Whether the run went through the attempt: `Segment`. */
  readonly passed: boolean[];
  /** Which recorded amounts are read, as two parallel arrays: buckets of segments from 1; segment 0 stands for all. */
  readonly open_segments: number[];
  readonly open_buckets: number[];
  /** Attempts that the runs may have gone through and of which nothing says where they began: `unplacedIn`. */
  readonly unplaced: { readonly run: string; readonly attempt: number }[];
  /** At least as many facts about exposure as the segments have. */
  exposures: number;
};

/** Where the segment of an attempt of a run is, from 0; -1 where it has none. */
export function segmentFinder({
  run_ids,
  attempts,
}: Pick<CountedHistory, 'run_ids' | 'attempts'>): (run: string, attempt: number) => number {
  const found = new Map<string, number>();
  for (const [at, run] of run_ids.entries()) {
    const key = JSON.stringify([run, attempts[at]]);
    if (!found.has(key)) found.set(key, at);
  }
  return (run, attempt) => found.get(JSON.stringify([run, attempt])) ?? -1;
}

/** A step of an attempt of a run. */
type AttemptStep = { readonly run: string; readonly attempt: number; readonly step: number };

/** Whether a step of an attempt counts: it is before the end of its segment, or no later attempt of its run has one. */
export function stepCounter(
  history: Pick<CountedHistory, 'run_ids' | 'attempts' | 'ends'>,
): (asked: AttemptStep) => boolean {
  const segmentOf = segmentFinder(history);
  const newest = new Map<string, number>();
  for (const [at, run] of history.run_ids.entries())
    newest.set(run, Math.max(newest.get(run) ?? 0, history.attempts[at] ?? 0));
  return ({ run, attempt, step }) => {
    const at = segmentOf(run, attempt);
    return at >= 0 ? step < (history.ends[at] ?? 0) : (newest.get(run) ?? 0) < attempt;
  };
}

const noSegments = (): CountedHistory => ({
  run_ids: [],
  attempts: [],
  ends: [],
  taken_over: [],
  passed: [],
  open_segments: [0],
  open_buckets: [0],
  unplaced: [],
  exposures: 0,
});

/** The last step of a segment that counts, or null where all of them count. */
export function endOf({ ends }: CountedHistory, index: number): number | null {
  const end = ends[index] ?? OPEN_END;
  return end >= OPEN_END ? null : end - 1;
}

/** Segments of runs, without the steps that forks inherit from other runs. */
export async function ownHistory(
  sql: SqlReader,
  run_ids: string[],
  as_of: LogPosition,
): Promise<CountedHistory> {
  const rows = await knownAttempts(sql, run_ids, as_of);
  const history = noSegments();
  for (const [run, own] of groupBy(rows, ({ run_id }) => run_id)) append(history, run, own, undefined);
  return history;
}

/** Maximal length of a chain of forks. */
const MAX_FORKS = 64;

/** A moment of a run: its last step that counts, and the attempt that no later one supersedes; its end where absent. */
export type RunMoment = { readonly run: string; readonly attempt?: number; readonly step?: number };

/**
 * Segments of one run up to a moment of it, with those that it inherits: a fork includes its parent's steps up to the
 * fork. The segments of the run itself come first.
 */
export async function wholeHistory(
  sql: SqlReader,
  moment: RunMoment,
  as_of: LogPosition,
): Promise<CountedHistory> {
  return (await walked(sql, moment, { as_of, checkpoints: false })).history;
}

/** A history, and the parent checkpoint where it ends because no event says which run saved that. */
export type InheritedHistory = { readonly history: CountedHistory; readonly unresolved: string | undefined };

/** As `wholeHistory`, and a run that started from a checkpoint includes what that had consumed. */
export const inheritedHistory = (
  sql: SqlReader,
  moment: RunMoment,
  as_of: LogPosition,
): Promise<InheritedHistory> => walked(sql, moment, { as_of, checkpoints: true });

async function walked(
  sql: SqlReader,
  { run, attempt, step }: RunMoment,
  { as_of, checkpoints }: { readonly as_of: LogPosition; readonly checkpoints: boolean },
): Promise<InheritedHistory> {
  const history = noSegments();
  const seen = new Set<string>();
  let branch: Branch | undefined = { run, attempt, endStep: step === undefined ? undefined : step + 1 };
  while (branch && !seen.has(branch.run) && seen.size < MAX_FORKS) {
    seen.add(branch.run);
    const rows = passedOf(history, branch, await knownAttempts(sql, [branch.run], as_of));
    const checkpoint = checkpoints ? rows.find(({ parent_checkpoint_id: id }) => id !== '') : undefined;
    branch = parentOf(rows, branch.endStep);
    if (branch || !checkpoint) continue;
    branch = await checkpointBranch(sql, checkpoint.parent_checkpoint_id, as_of);
    if (!branch) return { history, unresolved: checkpoint.parent_checkpoint_id };
  }
  return { history, unresolved: undefined };
}

async function checkpointBranch(
  sql: SqlReader,
  checkpoint_id: string,
  as_of: LogPosition,
): Promise<Branch | undefined> {
  const [saved] = await sql.all(savedCheckpoint, { checkpoint_id, run_id: null, as_of });
  return saved && { run: saved.run_id, attempt: saved.attempt, endStep: saved.step + 1 };
}

/** Appends a part of a run; the attempts that it went through are those whose origins are its own. */
function passedOf(history: CountedHistory, branch: Branch, known: readonly KnownAttempt[]): KnownAttempt[] {
  const rows = rowsOf(branch, known);
  const passed = append(history, branch.run, rows, branch.endStep);
  return rows.filter(({ attempt }) => passed.has(attempt));
}

/** The part of a run that counts: steps before `endStep`, of attempts up to `attempt` that were recorded before a fork. */
type Branch = {
  readonly run: string;
  readonly attempt?: number | undefined;
  readonly endStep?: number | undefined;
  readonly recorded?: number;
};

const rowsOf = ({ attempt: last = Infinity, recorded }: Branch, rows: readonly KnownAttempt[]) =>
  recordedBefore(rows, recorded).filter(({ attempt }) => attempt <= last);

function parentOf(rows: readonly KnownAttempt[], endStep = Infinity): Branch | undefined {
  const fork = rows.find(({ forked_run_id }) => forked_run_id !== '');
  if (!fork) return undefined;
  const branch = { run: fork.forked_run_id, endStep: Math.min(endStep, (fork.forked_step ?? 0) + 1) };
  return fork.recorded === null ? branch : { ...branch, recorded: fork.recorded };
}

/** Attempts recorded before the fork: a later rewind of the parent does not change it. All where there is none. */
function recordedBefore(rows: readonly KnownAttempt[], fork: number | undefined): readonly KnownAttempt[] {
  if (fork === undefined) return rows;
  const known = rows.filter(({ recorded }) => recorded !== null && recorded < fork);
  return known.length > 0 ? known : rows;
}

/** Appends the segments of a run; the attempts that it went through. */
function append(
  history: CountedHistory,
  run: string,
  rows: readonly KnownAttempt[],
  endStep?: number,
): ReadonlySet<number> {
  const attempts = rows.filter((row) => !isUnplaced(row)).map(attemptIn);
  const named = rows.filter(isUnplaced).map(({ attempt }) => attempt);
  for (const attempt of unplacedIn(attempts, named, endStep)) history.unplaced.push({ run, attempt });
  const segments = segmentsOf(attempts, endStep);
  const uncut = endStep === undefined ? segments : segmentsOf(attempts);
  history.exposures += rows.reduce((sum, { exposures }) => sum + exposures, 0);
  for (const [at, segment] of segments.entries()) {
    history.run_ids.push(run);
    history.attempts.push(segment.attempt);
    history.ends.push(segment.endStep);
    history.taken_over.push(uncut[at]?.endStep ?? OPEN_END);
    history.passed.push(segment.isPassed);
  }
  return new Set(segments.flatMap(({ attempt, isPassed }) => (isPassed ? [attempt] : [])));
}

function attemptIn({
  attempt,
  resumed_attempt,
  resumed_step,
  forked_run_id,
  first_step,
}: KnownAttempt): Attempt {
  return {
    attempt,
    ...(resumed_attempt === null || resumed_step === null
      ? {}
      : { resumedFrom: { attempt: resumed_attempt, step: resumed_step } }),
    isFork: forked_run_id !== '',
    ...(first_step === null ? {} : { firstStep: first_step }),
  };
}
