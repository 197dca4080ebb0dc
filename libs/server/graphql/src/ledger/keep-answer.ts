import { freezeAnswer, ledgerFacts, questionIdOf } from '@tributary/attribution';
import type { AnswerToKeep, KeptQuestion } from '@tributary/attribution';
import type { Attributor, Counting, EffectsAnswer, JobRefusal } from '@tributary/attribution-jobs';
import { appendFacts, madeEvent, REQUEST_LIMITS } from '@tributary/capture';
import { canonicalJson } from '@tributary/json';
import { currentSignal, Fault, untilAborted } from '@tributary/kernel';
import { evidenceOf, freshness } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import type { MeasuredSlices } from '../generated/schema.ts';
import type { Runtime } from '../runtime.ts';
import { evidenceIn, measurementsIn, warningsIn, withLacks } from './attribution-answer.ts';
import { slicesOf } from './measured-slices.ts';
import { nodesAt } from './nodes-at.ts';
import { inputOf, newestUpTo } from './newest-answer.ts';
import type { KeptRow } from './newest-answer.ts';
import { uncountedTests } from './uncounted-tests.ts';

export type Answering = { readonly runtime: Runtime; readonly attributor: Pick<Attributor, 'attribute'> };

/** What is asked, without the position. Absent names stand for all that the experiment has. */
export type QuestionToKeep = {
  readonly capabilities?: readonly string[] | null | undefined;
  readonly slices?: readonly string[] | null | undefined;
  readonly displacement?: string | null | undefined;
  readonly experiment?: string | null | undefined;
  /** The recorded family of the tests; that of the experiment where absent. */
  readonly family?: string | null | undefined;
  readonly negativeControlOutcomes?: readonly string[] | null | undefined;
  /** The slices that it is about; the recorded ones where absent. */
  readonly by?: MeasuredSlices | null | undefined;
  /** Who asks, where callers are authenticated. */
  readonly askedBy?: string | undefined;
};

export type Kept = {
  readonly ok: true;
  readonly row: KeptRow;
  /** Whether this call recorded it. */
  readonly isNew: boolean;
  readonly answer: EffectsAnswer;
  readonly fresh: Freshness;
};

/** Times that an answer is computed because others record tests of its family meanwhile. */
const ATTEMPTS = 10;

/** Source of the facts of the ledger. */
const SOURCE = 'urn:tributary:ledger';

/** Confidence level of every interval: `attribute` has no other yet. */
const LEVEL = 0.95;

/**
 * Answers a question as of a position, or of the end of the log, and records question, answer and tests. Where the newest
 * answer to the question up to that position has the same bytes, that one is the answer, as of its own position, and nothing is
 * recorded: so a question that is asked again has the same bytes, although the log has grown by its facts. Ids of the facts are made of their content, so a retry records nothing twice. Where several processes keep at once, the order of
 * the log decides whose tests came first, and the later answer is computed and recorded again as of then: without a named
 * position an answer counts every test of its family before its own. Refuses as `attribute` does, and with
 * `answer_too_long`. Throws Fault `not_recorded` where the log refuses the facts, and a retryable Fault `family_changes`
 * where others record in the family at every attempt.
 */
export async function keepAnswer(
  answering: Answering,
  request: QuestionToKeep,
  asOf: string | undefined | null,
): Promise<Kept | JobRefusal> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const { kept, uncounted } = await keepOnce(answering, request, asOf);
    if (asOf || uncounted === 0) return kept;
  }
  throw new Fault('family_changes', 'others record tests of the family at the same time; keep it again', {
    retryable: true,
  });
}

/** An answer, and the hypotheses that were recorded in its family before its tests and that it does not count. */
type Attempt = { readonly kept: Kept | JobRefusal; readonly uncounted: number };

async function keepOnce(
  answering: Answering,
  request: QuestionToKeep,
  asOf: string | undefined | null,
): Promise<Attempt> {
  const { runtime } = answering;
  const fresh = await freshness(runtime, asOf ?? runtime.log.head());
  const computed = await computeAnswer(answering, request, fresh);
  if (!computed.ok) return { kept: computed, uncounted: 0 };
  const { question, answer, toKeep } = computed;
  const known = await newestUpTo(runtime, questionIdOf(question), fresh);
  if (known?.result_digest === freezeAnswer(toKeep).resultDigest)
    return {
      kept: { ok: true, row: known, isNew: false, answer, fresh: await whenKept(runtime, known, fresh) },
      uncounted: 0,
    };
  const recorded = await recordAnswer(runtime, { question, askedBy: request.askedBy }, toKeep, fresh);
  if (!recorded.ok) return { kept: recorded, uncounted: 0 };
  const row = await newestUpTo(runtime, questionIdOf(question), fresh);
  if (!row) throw new Fault('not_recorded', 'the answer is in the log, but the tables do not hold it');
  return { kept: { ok: true, row, isNew: true, answer, fresh }, uncounted: recorded.uncounted };
}

/** The log as of the position of a recorded answer; as of now where another program recorded one that is none of this log. */
const whenKept = (runtime: Runtime, row: KeptRow, now: Freshness): Promise<Freshness> | Freshness =>
  inputOf(row).length === now.position.length ? freshness(runtime, row.input_position) : now;

type Computed = {
  readonly ok: true;
  readonly question: KeptQuestion;
  readonly answer: EffectsAnswer;
  readonly toKeep: CountedAnswer;
};

/** An answer to keep, with how its slices were counted where they are those of an attribute. */
type CountedAnswer = AnswerToKeep & { readonly counting?: Counting | undefined };

/** Computes the answer to a question in the order of its names, so that equal questions give equal bytes. */
export async function computeAnswer(
  { attributor }: Answering,
  request: QuestionToKeep,
  fresh: Freshness,
): Promise<Computed | JobRefusal> {
  const capabilities = inOrder(request.capabilities);
  const slices = inOrder(request.slices);
  const displacement = request.displacement ?? undefined;
  const controls = inOrder(request.negativeControlOutcomes) ?? [];
  const by = slicesOf(request.by);
  const answer = await attributor.attribute(
    {
      capabilities: capabilities ?? undefined,
      slices: slices ?? undefined,
      displacement,
      experiment: request.experiment ?? undefined,
      negativeControlOutcomes: controls,
      by,
      recorded: { family: request.family ?? undefined },
    },
    fresh.position,
  );
  if (!answer.ok) return answer;
  const { ok: _, ...given } = answer;
  const family = request.family ?? answer.experiment;
  const named = { capabilities, slices, ...(controls.length > 0 && { negativeControlOutcomes: controls }) };
  const of = { experiment: answer.experiment, displacement: displacement ?? '', ...named, ...(by && { by }) };
  return {
    ok: true,
    question: { ...of, level: LEVEL, family },
    answer,
    toKeep: { ...given, complete: withLacks(fresh, answer.counting, warningsIn(answer.effects)).complete },
  };
}

const inOrder = (names: readonly string[] | null | undefined): readonly string[] | null =>
  names ? [...new Set(names)].toSorted() : null;

/** Appends the facts and waits for the tables. */
async function recordAnswer(
  runtime: Runtime,
  { question, askedBy }: { readonly question: KeptQuestion; readonly askedBy: string | undefined },
  answer: CountedAnswer,
  fresh: Freshness,
): Promise<JobRefusal | { readonly ok: true; readonly uncounted: number }> {
  const behind = [...answer.effects.map(evidenceIn), ...measurementsIn(answer.counting)];
  const evidence = evidenceOf(behind.flatMap(({ positions }) => positions));
  const uses = await nodesAt(runtime, evidence);
  const facts = ledgerFacts(question, answer, {
    inputPosition: fresh.asOf.position,
    evidence,
    uses,
    askedBy,
  });
  const events = facts.map((fact) => madeEvent(SOURCE, [fact.type, fact.data], fact));
  const longest = events.reduce((most, { bytes }) => Math.max(most, bytes.length), 0);
  if (longest > REQUEST_LIMITS.eventBytes) return tooLong(longest);
  const appended = await appendFacts(runtime, events, { atomic: true });
  if (!appended.ok)
    throw new Fault('not_recorded', `the log refused the answer: ${canonicalJson(appended.conflicts)}`);
  await untilAborted(runtime.projector.reached(runtime.log.head()), currentSignal());
  const uncounted = await uncountedTests(runtime.engine.reader, facts, appended.receipts, fresh);
  return { ok: true, uncounted };
}

const tooLong = (bytes: number): JobRefusal => ({
  ok: false,
  refusal: 'answer_too_long',
  text: `The answer has ${bytes} bytes, and an event at most ${REQUEST_LIMITS.eventBytes}. Keep it in parts: name some capabilities or slices; --no-record of the command line asks without keeping it.`,
});
