import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { currentPlan } from '@tributary/mixture';
import { endOf, exposureGaps, segmentFinder, startsOfRuns } from '@tributary/training';
import type { CountedHistory } from '@tributary/training';
import type { ConsumedUpTo } from '../exposure/consumed-up-to.ts';
import { lastStepOf } from '../exposure/last-step.ts';
import type { SummaryStatement } from '../generated/schema.ts';
import { isNamed, noFacts, textFacts, textStatement } from './amount-statements.ts';
import type { FieldFacts } from './amount-statements.ts';

type Start = RowOf<typeof startsOfRuns>;

/** The run that a model comes from, with the runs that it inherits from and their starts. */
export type ModelOrigin = {
  readonly run: string;
  /** The run first, then those that it was forked from or whose checkpoints it started from. */
  readonly runs: readonly string[];
  /** Of the attempts that these went through, up to the moment that is asked about. */
  readonly starts: readonly Start[];
  /** Of the attempt that the moment is in, or of the newest one before that is recorded. */
  readonly start: Start | undefined;
};

type Asked = { readonly run: string; readonly as_of: LogPosition };

export async function modelOrigin(
  reader: SqlReader,
  { history, moment }: ConsumedUpTo,
  { run, as_of }: Asked,
): Promise<ModelOrigin> {
  const runs = [...new Set([run, ...history.run_ids])];
  const all = await reader.all(startsOfRuns, { run_ids: runs, as_of });
  const segmentOf = segmentFinder(history);
  return {
    run,
    runs,
    starts: all.filter(({ run_id, attempt }) => history.passed[segmentOf(run_id, attempt)] === true),
    start: all.findLast(({ run_id, attempt }) => run_id === run && attempt <= (moment.attempt ?? Infinity)),
  };
}

export function modelFacts({ start }: ModelOrigin): FieldFacts {
  if (!start || !isNamed(start.model)) return noFacts;
  return textFacts([textStatement(start.model, 'declared', start.evidence)]);
}

/** What a start names as its origin, and the run that it is of; undefined where no event says which run that is. */
type Origin = { readonly text: string; readonly run: string | undefined };

/** A run that goes on from a checkpoint of its own names no other origin. */
function originsIn({ run_id, forked_run_id, forked_step, parent_checkpoint_id, saved_by }: Start): Origin[] {
  const isForked = forked_run_id !== '' && forked_run_id !== run_id;
  const isTaken = parent_checkpoint_id !== '' && saved_by !== run_id;
  return [
    ...(isForked ? [{ text: `run ${forked_run_id}, step ${forked_step ?? 0}`, run: forked_run_id }] : []),
    ...(isTaken ? [{ text: `checkpoint ${parent_checkpoint_id}`, run: saved_by || undefined }] : []),
  ];
}

const originsOf = (starts: readonly Start[], run: string): Origin[] =>
  starts.filter(({ run_id }) => run_id === run).flatMap(originsIn);

/**
 * The runs and checkpoints that the model was made from, as starts and its checkpoint name them, beside what is stated of it.
 * That a run names none does not say that there is none: unless somebody states it of one of the runs, the last of them has
 * to name one of which nothing else is recorded.
 */
export function dependencyFacts(
  { runs, starts }: ModelOrigin,
  { moment }: ConsumedUpTo,
  stated: readonly SummaryStatement[],
): FieldFacts {
  const origins = new Map<string, number[]>();
  const add = (text: string, evidence: readonly number[]) =>
    origins.set(text, [...(origins.get(text) ?? []), ...evidence]);
  for (const start of starts) for (const { text } of originsIn(start)) add(text, start.evidence);
  for (const parent of moment.parents) add(`checkpoint ${parent}`, moment.evidence);
  const named = [...origins].map(([text, positions]) => textStatement(text, 'declared', positions));
  const last = originsOf(starts, runs.at(-1) ?? '');
  const isTraced = stated.length > 0 || last.some(({ run }) => run === undefined || !runs.includes(run));
  return { ...textFacts([...stated, ...named]), isPartial: !isTraced };
}

/** Mixtures that are read. */
const MAX_MIXTURES = 100;

/** The mixtures of the attempts that the run went through, each with its newest decision. */
export async function mixtureFacts(
  reader: SqlReader,
  { starts }: ModelOrigin,
  as_of: LogPosition,
): Promise<FieldFacts> {
  const followed = new Map<string, number[]>();
  for (const { mixture_id, evidence } of starts)
    if (mixture_id !== '') followed.set(mixture_id, [...(followed.get(mixture_id) ?? []), ...evidence]);
  const statements: SummaryStatement[] = [];
  for (const [mixture_id, positions] of [...followed].slice(0, MAX_MIXTURES)) {
    const [plan] = await reader.all(currentPlan, { mixture_id, as_of });
    const decision = plan ? `decided by ${plan.decided_by}: ${plan.rationale}` : 'no decision is recorded';
    const evidence = [...positions, ...(plan?.evidence ?? [])];
    statements.push(textStatement(`${mixture_id}, ${decision}`, 'declared', evidence));
  }
  return { ...textFacts(statements), statementsTotal: followed.size };
}

/**
 * Why what was consumed may be more than what is recorded: runs without exposure, and steps before, between and after recorded
 * ranges.
 */
export async function unrecordedExposure(
  reader: SqlReader,
  { run, runs, starts }: ModelOrigin,
  { history, as_of }: { readonly history: CountedHistory; readonly as_of: LogPosition },
): Promise<string[]> {
  const { run_ids, attempts, ends } = history;
  const reached = await lastStepOf(reader, run, { history, as_of });
  const bounds = runs.flatMap((id) => {
    const first = firstStepOf(starts, id);
    const last = endOf(history, run_ids.indexOf(id)) ?? (id === run ? reached : 0);
    return first ? [{ id, ...first, last }] : [];
  });
  const rows = await reader.all(exposureGaps, {
    run_ids,
    attempts,
    ends,
    bounded: bounds.map(({ id }) => id),
    first_steps: bounds.map(({ own }) => own),
    continued_steps: bounds.map(({ continued }) => continued),
    last_steps: bounds.map(({ last }) => last),
    as_of,
  });
  if (rows.length === 0) return [];
  const recorded = new Map(rows.map((row) => [row.run_id, row]));
  const origins = starts.flatMap((start) => originsIn(start).flatMap((origin) => origin.run ?? []));
  return [...new Set([...runs, ...origins])].flatMap((id) => {
    const row = recorded.get(id);
    if (!row) return [`no exposure of run ${id} is counted`];
    if (row.gap_from === null || row.gap_to === null) return [];
    return [lacking(id, { from: row.gap_from, to: row.gap_to, more: row.gaps - 1 })];
  });
}

/** The first step of a run under numbers of its own, and where it goes on with those of what it was made from. */
type FirstStep = { readonly own: number; readonly continued: number };

/** After the fork, 1, or after the parent checkpoint; undefined where no event says of which step that is. */
function firstStepOf(starts: readonly Start[], run: string): FirstStep | undefined {
  const own = starts.filter(({ run_id }) => run_id === run);
  const fork = own.find(({ forked_run_id }) => forked_run_id !== '');
  if (fork) return { own: (fork.forked_step ?? 0) + 1, continued: (fork.forked_step ?? 0) + 1 };
  const taken = own.find((start) => originsIn(start).length > 0);
  if (!taken) return { own: 1, continued: 1 };
  return taken.saved_by === '' ? undefined : { own: 1, continued: taken.saved_step + 1 };
}

type Steps = { readonly from: number; readonly to: number; readonly more: number };

function lacking(run: string, { from, to, more }: Steps): string {
  const steps = from === to ? `step ${from}` : `steps ${from} to ${to}`;
  return `no exposure of run ${run} is recorded for ${steps}${more > 0 ? ` and ${more} more ${more === 1 ? 'gap' : 'gaps'}` : ''}`;
}
