import { effectsInAnswers, effectsOf, hypothesisOf, MAX_EFFECTS } from '@tributary/attribution';
import type { KeptEffect } from '@tributary/attribution';
import { firstScore } from '@tributary/evaluation';
import { formatEventPosition, groupBy, parseEventPosition, positionFromText } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { currentPlan } from '@tributary/mixture';
import { answered, incomplete } from '../answer.ts';
import type { Freshness } from '../answer.ts';
import { PredictionState } from '../generated/schema.ts';
import type {
  ComparedPrediction,
  FoundEffect,
  PredictedAgainstFound,
  PredictedEffect,
} from '../generated/schema.ts';
import { unknown } from '../known.ts';
import { predictionsOf } from '../mixture-plan.ts';
import type { Runtime } from '../runtime.ts';
import { findAnswer } from './kept-answer.ts';
import type { FoundAnswer } from './kept-answer.ts';
import { askedQuestion } from './measured-slices.ts';
import { newestOf } from './newest-answer.ts';
import type { Verifications } from './verification.ts';

type Reader = Runtime['engine']['reader'];
type Plan = RowOf<typeof currentPlan>;
type Held = RowOf<typeof effectsInAnswers>;

type Source = {
  readonly reader: Reader;
  readonly fresh: Freshness;
  readonly verifications: Verifications;
};

type Asked = Source & {
  /** What is recorded of an answer. Several predictions may be about one. */
  readonly answerOf: (id: string) => Promise<FoundAnswer>;
};

/**
 * The predictions of the newest decision of a mixture, each with the effects of the same estimand that kept answers found.
 * Throws Fault `unknown_mixture` where no decision of it is recorded.
 */
export async function predictedAgainstFound(source: Source, mixture: string): Promise<PredictedAgainstFound> {
  const { reader, fresh } = source;
  const asked = { ...source, answerOf: findingOnce(source) };
  const as_of = fresh.position;
  const [plan] = await reader.all(currentPlan, { mixture_id: mixture, as_of });
  if (!plan) throw unknown('mixture', mixture, fresh);
  const predictions = predictionsOf(plan);
  const capabilities = [...new Set(predictions.map(({ capability }) => capability))];
  const all = await reader.all(effectsInAnswers, { capabilities, as_of });
  const held = all.slice(0, MAX_EFFECTS);
  const compared: Compared[] = [];
  for (const predicted of predictions) compared.push(await compare(asked, plan, predicted, held));
  const lacking = [
    ...(all.length > MAX_EFFECTS ? [`only the first ${MAX_EFFECTS} effects of kept answers are read`] : []),
    ...new Set(compared.flatMap((one) => one.lacking)),
  ];
  return {
    ...answered(lacking.reduce<Freshness>(incomplete, fresh), {
      positions: [plan.decision, ...compared.flatMap(({ evidence }) => evidence)],
    }),
    mixture,
    position: formatEventPosition(plan.decision),
    decidedBy: plan.decided_by,
    predictions: compared.map(({ prediction }) => prediction),
  };
}

function findingOnce({ reader, fresh }: Source): Asked['answerOf'] {
  const found = new Map<string, Promise<FoundAnswer>>();
  return (id) => {
    const answer = found.get(id) ?? findAnswer(reader, fresh, id);
    found.set(id, answer);
    return answer;
  };
}

type Compared = {
  readonly prediction: ComparedPrediction;
  /** Positions of the answers. */
  readonly evidence: readonly number[];
  /** Why not everything that was found could be compared. */
  readonly lacking: readonly string[];
};

async function compare(
  asked: Asked,
  plan: Plan,
  predicted: PredictedEffect,
  held: readonly Held[],
): Promise<Compared> {
  if (predicted.slice === null || predicted.displacement === null)
    return {
      prediction: { predicted, state: PredictionState.NoEstimand, answers: 0, found: [] },
      evidence: [],
      lacking: [],
    };
  const same = held.filter((one) => isOf(predicted, one));
  const about = same.filter(isAboutRecordedSlices);
  const found: FoundEffect[] = [];
  const lacking = same
    .filter(({ question }) => !askedOf(question))
    .map(
      ({ answer_id }) =>
        `answer:${answer_id} holds such an effect, and what it was asked is not recorded as a question of effects`,
    );
  const newest = newestAnswers(about);
  for (const one of newest) {
    const effect = await foundEffect(asked, plan, predicted, one);
    if (effect) found.push(effect);
    else lacking.push(`an effect of answer:${one.answer_id} cannot be read`);
  }
  return {
    prediction: {
      predicted,
      state: about.length > 0 ? PredictionState.Found : PredictionState.NotAsked,
      answers: new Set(about.map(({ answer_id }) => answer_id)).size,
      found,
    },
    evidence: newest.map(({ evidence }) => evidence),
    lacking,
  };
}

/** Whether an effect has the estimand of a prediction. */
const isOf = (
  { slice, capability, displacement, experiment, estimand }: PredictedEffect,
  held: Held,
): boolean =>
  held.slice === slice &&
  held.capability === capability &&
  held.displacement === displacement &&
  (experiment === null || held.experiment_id === experiment) &&
  (estimand === null || held.estimand === estimand);

const askedOf = (question: string) =>
  question === '' ? undefined : askedQuestion.safeParse(JSON.parse(question)).data;

/** A slice that an attribute defines may have the name of a recorded one, and is another. */
function isAboutRecordedSlices({ question }: Held): boolean {
  const asked = askedOf(question);
  return asked !== undefined && asked.by === undefined;
}

/** Of each experiment the effects that the newest answer holds: of every estimator, and of every kind of estimand. */
const newestAnswers = (about: readonly Held[]): Held[] =>
  [...groupBy(about, ({ experiment_id }) => experiment_id).values()].flatMap((group) => {
    const newest = newestOf(group);
    return group.filter(({ answer_id }) => answer_id === newest?.answer_id);
  });

/** Undefined where the effect cannot be read. */
async function foundEffect(
  { reader, fresh, verifications, answerOf }: Asked,
  plan: Plan,
  predicted: PredictedEffect,
  held: Held,
): Promise<FoundEffect | undefined> {
  const { row, answer } = await answerOf(held.answer_id);
  const effect = effectsOf(JSON.parse(answer.result)).find((one) => isHeld(one, held));
  if (!effect) return undefined;
  /* Anybody can record an answer, and what it calls evidence need not be a position. */
  const positions = effect.evidence
    .map((position) => parseEventPosition(positionFromText(position)))
    .filter((position) => !Number.isNaN(position));
  const [first] = await reader.all(firstScore, { positions, as_of: fresh.position });
  return {
    ...effect,
    answer: answer.id,
    state: answer.state,
    verification: verifications.of(row),
    inputPosition: answer.inputPosition,
    experiment: held.experiment_id,
    interpretation: interpretationNow(answer, held, effect),
    ...withinOf(predicted, effect),
    afterTheFact: first ? first.recorded_at < plan.recorded_at : null,
    evidence: [...effect.evidence],
  };
}

const isHeld = ({ estimand, displacement, estimator }: KeptEffect, held: Held): boolean =>
  estimand.slice === held.slice &&
  estimand.capability === held.capability &&
  estimand.kind === held.estimand &&
  displacement === held.displacement &&
  estimator.id === held.estimator;

/** The words by the tests that the family holds by now; those that were given where the answer has no family. */
function interpretationNow(
  { familyNow }: FoundAnswer['answer'],
  { experiment_id }: Held,
  effect: KeptEffect,
): FoundEffect['interpretation'] {
  const hypothesis = hypothesisOf(experiment_id, effect);
  const now = familyNow?.effects.find((one) => one.hypothesis === hypothesis);
  return now?.interpretationNow ?? effect.interpretation;
}

/** Whether a prediction lies within the interval of an effect, or why that cannot be said. */
function withinOf(
  predicted: Pick<PredictedEffect, 'effect' | 'unit'>,
  { interval, unit }: Pick<KeptEffect, 'interval' | 'unit'>,
): Pick<FoundEffect, 'within' | 'reason'> {
  if (!interval) return { within: null, reason: 'the effect has no interval' };
  if (unit !== predicted.unit)
    return { within: null, reason: `it was predicted in ${predicted.unit}, and is found in ${unit}` };
  return { within: interval.low <= predicted.effect && predicted.effect <= interval.high, reason: null };
}
