import { Fault } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { consumedIn, firstFacts, inheritedHistory, savedCheckpoint, wholeHistory } from '@tributary/training';
import type { Consumption, CountedHistory, RunMoment } from '@tributary/training';
import { MAX_EVIDENCE } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type { QueryExposureArgs } from '../generated/schema.ts';
import { freshnessOfRun, unknown } from '../known.ts';
import { unrecordedSteps, unresolvedOrigin } from './unrecorded-steps.ts';
import type { Unrecorded } from './unrecorded-steps.ts';

/** A run up to a step or a checkpoint of it; up to its end where neither is named. */
export type MomentAsked = Pick<QueryExposureArgs, 'run' | 'step' | 'checkpoint' | 'inherited'>;

/** What counts of what a run consumed, and the facts behind it. */
export type ConsumedUpTo = {
  readonly consumption: Consumption;
  readonly history: CountedHistory;
  /** The first facts behind it, in the order of the log. */
  readonly positions: readonly number[];
  readonly moment: Moment;
  /** What is not recorded of the run and of those that it inherits from. */
  readonly missing: Unrecorded;
  /** Incomplete where the start of the run is not recorded. */
  readonly known: Freshness;
  /** What an answer about it lacks beside that. */
  readonly lacking: readonly string[];
};

/**
 * What a run consumed in the steps that count, up to a step or a checkpoint of it. Throws Fault `unknown_run` or
 * `unknown_checkpoint` where no event mentions it, and `two_moments` where both a step and a checkpoint are named.
 */
export async function consumedUpTo(
  reader: SqlReader,
  fresh: Freshness,
  { by, ...question }: MomentAsked & { readonly by: 'domain' | 'slice' | 'shard' },
): Promise<ConsumedUpTo> {
  const { run } = question;
  const known = await freshnessOfRun(reader, fresh, run);
  const as_of = fresh.position;
  const moment = await momentOf(reader, fresh, question);
  const inherits = question.inherited === true ? inheritedHistory : wholeHistory;
  const history = await inherits(reader, moment, as_of);
  const [consumption, positions, missing] = await Promise.all([
    consumedIn(reader, history, { run, by, as_of }),
    firstFacts(reader, history, { first: MAX_EVIDENCE, as_of }),
    unrecordedSteps(reader, { runs: [run], history, knownStep: knownStepOf(moment), as_of }),
  ]);
  const lacking = [
    ...(consumption.amounts.length === 0 ? [nothingConsumed(question)] : []),
    ...history.unresolved.map(unresolvedOrigin),
    ...(moment.parents.length === 0 ? [] : [mergedFrom(moment.parents)]),
  ];
  return { consumption, history, positions, moment, known, lacking, missing };
}

/** A moment, the checkpoints that its own was merged from, and the fact that says so. */
type Moment = RunMoment & { readonly parents: readonly string[]; readonly evidence: readonly number[] };

/** The step of a checkpoint: the run had it. That one is asked about says nothing. */
const knownStepOf = ({ attempt, step }: RunMoment): number => (attempt === undefined ? 0 : (step ?? 0));

async function momentOf(
  reader: SqlReader,
  fresh: Freshness,
  { run, step, checkpoint }: MomentAsked,
): Promise<Moment> {
  if (!checkpoint) return { run, ...(typeof step === 'number' ? { step } : {}), parents: [], evidence: [] };
  if (typeof step === 'number')
    throw new Fault('two_moments', 'name a step or a checkpoint of the run, not both');
  const params = { checkpoint_id: checkpoint, run_id: run, as_of: fresh.position };
  const [saved] = await reader.all(savedCheckpoint, params);
  if (!saved) throw unknown('checkpoint', `${checkpoint} of run ${run}`, fresh);
  return {
    run,
    attempt: saved.attempt,
    step: saved.step,
    parents: saved.parents,
    evidence: [saved.evidence],
  };
}

const mergedFrom = (parents: readonly string[]): string =>
  `the checkpoint was merged from ${parents.join(', ')}, and what other runs consumed for these does not count`;

const nothingConsumed = ({ step }: MomentAsked): string =>
  typeof step === 'number' ? `no exposure recorded up to step ${step}` : 'no exposure recorded';
