import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { OPEN_END, segmentsOf, unplacedIn } from './history.ts';
import type { Attempt } from './history.ts';
import { knownAttempts } from './known-attempts.ts';
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
  /** Attempts that the runs may have gone through, of which it is not known from which step on. */
  readonly unplaced: UnplacedAttempt[];
  /** What the runs go on from and is not among the segments. */
  readonly unresolved: UnresolvedOrigin[];
  /** At least as many facts about exposure as the segments have. */
  exposures: number;
};

/** Nothing says where it began (`unplacedIn`), or whether that was before the fork that inherits from its run. */
export type UnplacedAttempt = {
  readonly run: string;
  readonly attempt: number;
  readonly lacks: 'beginning' | 'start';
};

/**
 * A run that no event mentions; one that the history comes back to, or that would be one too many; a checkpoint of which no event
 * says who saved it, or that several runs saved, of which the last one counts.
 */
export type UnresolvedOrigin = {
  readonly why: 'run_unknown' | 'run_repeated' | 'checkpoint_unknown' | 'checkpoint_repeated';
  readonly id: string;
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
  unresolved: [],
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
  for (const [run, own] of groupBy(rows, ({ run_id }) => run_id)) append(history, run, { rows: own });
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
export const wholeHistory = (
  sql: SqlReader,
  moment: RunMoment,
  as_of: LogPosition,
): Promise<CountedHistory> => walked(sql, moment, { as_of, checkpoints: false });

/** As `wholeHistory`, and a run that started from a checkpoint includes what that had consumed. */
export const inheritedHistory = (
  sql: SqlReader,
  moment: RunMoment,
  as_of: LogPosition,
): Promise<CountedHistory> => walked(sql, moment, { as_of, checkpoints: true });

async function walked(
  sql: SqlReader,
  { run, attempt, step }: RunMoment,
  { as_of, checkpoints }: { readonly as_of: LogPosition; readonly checkpoints: boolean },
): Promise<CountedHistory> {
  const history = noSegments();
  const seen = new Set<string>();
  let branch: Branch | undefined = { run, attempt, endStep: step === undefined ? undefined : step + 1 };
  while (branch && !seen.has(branch.run) && seen.size < MAX_FORKS) {
    const known = await knownAttempts(sql, [branch.run], as_of);
    if (known.length === 0 && seen.size > 0) history.unresolved.push({ why: 'run_unknown', id: branch.run });
    seen.add(branch.run);
    const rows = passedOf(history, branch, known);
    const checkpoint = checkpoints ? rows.find(({ parent_checkpoint_id: id }) => id !== '') : undefined;
    branch = parentOf(rows, branch.endStep);
    if (!branch && checkpoint) branch = await checkpointBranch(sql, history, { checkpoint, as_of });
  }
  if (branch) history.unresolved.push({ why: 'run_repeated', id: branch.run });
  return history;
}

async function checkpointBranch(
  sql: SqlReader,
  { unresolved }: CountedHistory,
  { checkpoint, as_of }: { readonly checkpoint: KnownAttempt; readonly as_of: LogPosition },
): Promise<Branch | undefined> {
  const id = checkpoint.parent_checkpoint_id;
  const [saved] = await sql.all(savedCheckpoint, { checkpoint_id: id, run_id: null, as_of });
  if (!saved || saved.saved_by_runs > 1)
    unresolved.push({ why: saved ? 'checkpoint_repeated' : 'checkpoint_unknown', id });
  /* A run that goes on from a checkpoint of its own has no other origin. */
  if (!saved || saved.run_id === checkpoint.run_id) return undefined;
  return { run: saved.run_id, attempt: saved.attempt, endStep: saved.step + 1 };
}

/** Appends a part of a run; the attempts that it went through are those whose origins are its own. */
function passedOf(history: CountedHistory, branch: Branch, known: readonly KnownAttempt[]): KnownAttempt[] {
  const part = partOf(branch, known);
  const passed = append(history, branch.run, part, branch.endStep);
  return part.rows.filter(({ attempt }) => passed.has(attempt));
}

/** The part of a run that counts: steps before `endStep`, of attempts up to `attempt` that were recorded before a fork. */
type Branch = {
  readonly run: string;
  readonly attempt?: number | undefined;
  readonly endStep?: number | undefined;
  readonly recorded?: number;
};

/** The attempts of a part of a run, and those of which nothing says whether they belong to it. */
type Part = { readonly rows: readonly KnownAttempt[]; readonly undated?: readonly KnownAttempt[] };

function partOf({ attempt: last = Infinity, recorded }: Branch, known: readonly KnownAttempt[]): Part {
  const rows = known.filter(({ attempt }) => attempt <= last);
  return recorded === undefined ? { rows } : recordedBefore(rows, recorded);
}

function parentOf(rows: readonly KnownAttempt[], endStep = Infinity): Branch | undefined {
  const fork = rows.find(({ forked_run_id }) => forked_run_id !== '');
  if (!fork) return undefined;
  const branch = { run: fork.forked_run_id, endStep: Math.min(endStep, (fork.forked_step ?? 0) + 1) };
  return fork.recorded === null ? branch : { ...branch, recorded: fork.recorded };
}

/**
 * Attempts recorded before the fork: a later rewind of the parent does not change it. All where there is none. When an attempt
 * without a start began is not recorded.
 */
function recordedBefore(rows: readonly KnownAttempt[], fork: number): Part {
  const before = rows.filter(({ recorded }) => recorded !== null && recorded < fork);
  if (before.length === 0) return { rows };
  return { rows: before, undated: rows.filter(({ recorded }) => recorded === null) };
}

/** Appends the segments of a run; the attempts that it went through. */
function append(
  history: CountedHistory,
  run: string,
  { rows, undated = [] }: Part,
  endStep?: number,
): ReadonlySet<number> {
  /* An attempt that is not declared and has no step has none that counts either. */
  const attempts = rows.filter((row) => row.recorded !== null || !row.lacks_beginning).map(attemptIn);
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
  const doubtful = [
    { lacks: 'beginning' as const, among: rows.filter((row) => row.lacks_beginning) },
    { lacks: 'start' as const, among: undated },
  ];
  for (const { lacks, among } of doubtful) {
    const named = among.map(({ attempt }) => attempt);
    for (const attempt of unplacedIn(attempts, named, endStep))
      history.unplaced.push({ run, attempt, lacks });
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
