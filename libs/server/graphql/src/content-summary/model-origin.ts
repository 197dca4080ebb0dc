import type { LogPosition, SqlReader } from '@tributary/kernel';
import { currentPlan } from '@tributary/mixture';
import type { ConsumedUpTo } from '../exposure/consumed-up-to.ts';
import { originsIn, originsOf, passedIn } from '../exposure/origins.ts';
import type { Start } from '../exposure/origins.ts';
import { notExposed } from '../exposure/unrecorded-steps.ts';
import type { SummaryStatement } from '../generated/schema.ts';
import { isNamed, noFacts, textFacts, textStatement } from './amount-statements.ts';
import type { FieldFacts } from './amount-statements.ts';

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

export function modelOrigin({ history, moment, missing }: ConsumedUpTo, run: string): ModelOrigin {
  const { starts } = missing;
  return {
    run,
    runs: [...new Set([run, ...history.run_ids])],
    starts: passedIn(history, starts),
    start: starts.findLast(
      ({ run_id, attempt }) => run_id === run && attempt <= (moment.attempt ?? Infinity),
    ),
  };
}

/** Why more may have been consumed: the model comes from runs of which nothing is inherited. Nothing where no run has exposure. */
export function originsWithout({ runs, starts }: ModelOrigin, { missing }: ConsumedUpTo): string[] {
  if (missing.unrecorded.length === 0) return [];
  const origins = starts.flatMap((start) => originsIn(start).flatMap((origin) => origin.run ?? []));
  return [...new Set(origins)].filter((run) => !runs.includes(run)).map(notExposed);
}

export function modelFacts({ start }: ModelOrigin): FieldFacts {
  if (!start || !isNamed(start.model)) return noFacts;
  return textFacts([textStatement(start.model, 'declared', start.evidence)]);
}

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
