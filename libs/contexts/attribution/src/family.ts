import { createHash } from 'node:crypto';
import type { Answer } from './attribute.ts';
import type { Effect, Identification, Interpretation, Verdict } from './effect.ts';
import { inFamilyOrder, WORD_RATE } from './recorded-family.ts';
import type { OrderedTest, RecordedFamily } from './recorded-family.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';

/** How one test of a request was decided. */
type TestDecision = {
  readonly hypothesis: string;
  /** Hypotheses of the recorded family that stand before it and those tested with it, and how many of them count as found. */
  readonly before: number;
  readonly foundBefore: number;
  readonly pValue: number;
  /** The p value up to which it is found. */
  readonly level: number;
  /** Whether it got a word: its p value is at most the level, and its interval excludes zero. */
  readonly found: boolean;
};

/**
 * The tests that were corrected together: every effect of one request that has a p value, by whichever estimator, and the
 * tests that stand before them where the request names a recorded family.
 */
export type EffectFamily = {
  /** `lond` in the order of a recorded family, `benjamini_hochberg` over a request that stands alone. */
  readonly procedure: 'benjamini_hochberg' | 'lond';
  /** The recorded family; null where the request stands alone. */
  readonly name: string | null;
  /** Tests that were corrected together, `earlier` ones included. */
  readonly tests: number;
  /** Other hypotheses of the family that stand before those of the request, or were first tested together with one of them. */
  readonly earlier: number;
  /** The family in words: how many tests by which estimators, of which slices on which capabilities. */
  readonly text: string;
  /** One text for each test of the request, in the order of the effects. */
  readonly hypotheses: readonly string[];
  /** How each of them was decided, in the same order. */
  readonly decisions: readonly TestDecision[];
};

const isEffects = (answer: Answer): answer is readonly Effect[] => Array.isArray(answer);

const distinct = (values: readonly string[]) => [...new Set(values)].toSorted();

/** Estimators without their variants, such as `controlled_ablation`. */
const kindOf = ({ estimator }: Effect) => estimator.id.split('.', 1)[0]!;

/** Longest text of a hypothesis: attribution.test.recorded. */
const MAX_HYPOTHESIS = 1024;

/** The hypothesis of an effect in words: what a test is recorded under. A longer text ends in its SHA-256. */
export function hypothesisOf(
  experiment: string,
  { estimand, displacement, estimator }: Pick<Effect, 'estimand' | 'displacement' | 'estimator'>,
): string {
  const { slice, capability } = estimand;
  const text = `${experiment}: ${slice} on ${capability}, ${displacement}, ${estimator.id}`;
  if (text.length <= MAX_HYPOTHESIS) return text;
  const start = text.slice(0, 900).toWellFormed();
  return `${start}… sha256:${createHash('sha256').update(text).digest('hex')}`;
}

const isTested = ({ pValue }: Effect): boolean => pValue !== null;

/** Each effect of a request with how it stands among the tests that it is corrected over. */
function inOrder(tested: readonly Effect[], recorded?: RecordedFamily): ReadonlyMap<Effect, OrderedTest> {
  if (!recorded) return standingAlone(tested);
  const present = tested.map((effect) => ({
    hypothesis: hypothesisOf(recorded.experiment, effect),
    pValue: effect.pValue ?? 1,
    decidingPValue: decidingPValueOf(effect),
  }));
  const ordered = inFamilyOrder(recorded, present);
  return new Map(
    tested.map((effect, index) => [effect, atRateOf(effect, ordered.get(present[index]!.hypothesis)!)]),
  );
}

/**
 * The p value of an effect among those that are decided with it, of which as many are found as get a word: twice as large where
 * it is decided at half the rate, and above the rate where its interval includes zero.
 */
function decidingPValueOf(effect: Effect): number {
  const pValue = Math.min(1, (effect.pValue ?? 1) * (WORD_RATE / rateOf(effect)));
  return excludesZero(effect) ? pValue : Math.max(pValue, WORD_RATE + Number.EPSILON);
}

/** How an effect stands at its own rate, given how it stands at `WORD_RATE`. */
function atRateOf(effect: Effect, { qValue, levelAt, ...order }: OrderedTest): OrderedTest {
  const ofAll = rateOf(effect) / WORD_RATE;
  return {
    ...order,
    qValue: qValue < 1 ? qValue * ofAll : 1,
    levelAt: (rate) => levelAt(WORD_RATE) * (rate / WORD_RATE),
  };
}

const excludesZero = ({ interval }: Pick<Effect, 'interval'>): boolean =>
  interval !== null && (interval.low > 0 || interval.high < 0);

/** Benjamini and Hochberg (1995, procedure (1)) over the effects of a request that no family records. */
function standingAlone(tested: readonly Effect[]): ReadonlyMap<Effect, OrderedTest> {
  const qValues = benjaminiHochberg(tested.map(({ pValue }) => pValue ?? 1));
  const levelAt = (rate: number) =>
    (rate * Math.max(1, qValues.filter((qValue) => qValue <= rate).length)) / qValues.length;
  const before = { tests: 0, found: 0 };
  const upTo = tested.length;
  return new Map(tested.map((effect, index) => [effect, { qValue: qValues[index]!, before, upTo, levelAt }]));
}

/** The family of tests that the effects of one request form, with the tests that stand before them. */
export function familyOf(effects: readonly Effect[], recorded?: RecordedFamily): EffectFamily {
  const tested = effects.filter(isTested);
  const ordered = inOrder(tested, recorded);
  const own = new Set(tested.map((effect) => hypothesisOf('', effect))).size;
  const upTo = [...ordered.values()].reduce((most, one) => Math.max(most, one.upTo), own);
  const earlier = recorded ? upTo - own : 0;
  const named = (values: readonly string[]) => distinct(values).join(', ');
  const kinds = distinct(tested.map(kindOf)).map(
    (kind) => `${tested.filter((effect) => kindOf(effect) === kind).length} by ${kind}`,
  );
  const counted = tested.length === 1 ? 'The one effect' : `All ${tested.length} effects`;
  const text =
    tested.length === 0
      ? 'No effect of this request has a p value.'
      : `${counted} of this request that ${tested.length === 1 ? 'has' : 'have'} a p value, ${kinds.join(' and ')}: ` +
        `${named(tested.map(({ estimand }) => estimand.slice))} on ` +
        `${named(tested.map(({ estimand }) => estimand.capability))}, displacement ` +
        `${named(tested.map(({ displacement }) => displacement))}.`;
  const before = recorded
    ? ` In the order of the family ${recorded.name}, with ${earlier} other test${earlier === 1 ? '' : 's'}: ${tested.length + earlier} in all.`
    : ' Recorded in no family.';
  return {
    procedure: recorded ? 'lond' : 'benjamini_hochberg',
    name: recorded?.name ?? null,
    tests: tested.length + earlier,
    earlier,
    text: `${text}${before}`,
    hypotheses: tested.map(shortText),
    decisions: tested.map((effect) => decisionOf(effect, ordered.get(effect)!)),
  };
}

const shortText = ({ estimand, displacement, estimator }: Effect): string =>
  `${estimand.slice} on ${estimand.capability}, ${displacement}, ${estimator.id}`;

const decisionOf = (effect: Effect, { before, levelAt }: OrderedTest): TestDecision => ({
  hypothesis: shortText(effect),
  before: before.tests,
  foundBefore: before.found,
  pValue: effect.pValue ?? 1,
  level: levelAt(rateOf(effect)),
  found: effect.verdict === 'positive' || effect.verdict === 'negative',
});

/**
 * Corrects the answers of one request as one family and says in words what remains: `qValue` by Benjamini and Hochberg
 * (1995, procedure (1)) over every effect with a p value, `verdict` and `interpretation` from it. An effect has a sign
 * where its q value is at most 1 - level and its interval excludes zero. Answers that were computed separately are one
 * family where they are passed together. With a recorded family each hypothesis is tested in its order (`inFamilyOrder`):
 * after those that were recorded before it, and where it was recorded itself, as it was then.
 */
export function asOneFamily(answers: readonly Answer[], recorded?: RecordedFamily): Answer[] {
  const tested = answers.filter(isEffects).flatMap((effects) => effects.filter(isTested));
  const ordered = inOrder(tested, recorded);
  return answers.map((answer) =>
    isEffects(answer) ? answer.map((effect) => inWords(effect, ordered.get(effect)?.qValue ?? null)) : answer,
  );
}

function inWords(effect: Effect, qValue: number | null): Effect {
  const verdict = verdictOf(effect, qValue);
  return { ...effect, qValue, verdict, interpretation: interpretationOf(effect, verdict) };
}

function verdictOf({ verdict, interval, effect }: Effect, qValue: number | null): Verdict {
  if (verdict === 'not_identified') return verdict;
  if (!interval || effect === null || qValue === null) return 'inconclusive';
  if (qValue > rateOf({ interval }) || !excludesZero({ interval })) return 'inconclusive';
  return interval.low > 0 ? 'positive' : 'negative';
}

/**
 * The rate of wrong words at which an effect is decided. The level is a decimal such as 0.95, and 1 - 0.95 is above 0.05 by
 * rounding alone.
 */
const rateOf = ({ interval }: Pick<Effect, 'interval'>): number =>
  Math.round((1 - (interval?.level ?? 0.95)) * 1e9) / 1e9;

/** Identifications that support the words of a cause. */
const CAUSAL: ReadonlySet<Identification> = new Set([
  'randomised',
  'controlled_ablation',
  'branch_from_checkpoint',
]);

/** The interpretation without the words of a cause, where the identification does not support them. */
export function supported(interpretation: Interpretation, identification: Identification): Interpretation {
  if (CAUSAL.has(identification)) return interpretation;
  if (interpretation === 'improves') return 'associated_with_better';
  return interpretation === 'harms' ? 'associated_with_worse' : interpretation;
}

function interpretationOf({ identification, higherIsBetter }: Effect, verdict: Verdict): Interpretation {
  if (verdict === 'inconclusive' || verdict === 'not_identified') return verdict;
  const isBetter = (verdict === 'positive') === (higherIsBetter ?? true);
  if (CAUSAL.has(identification)) return isBetter ? 'improves' : 'harms';
  return isBetter ? 'associated_with_better' : 'associated_with_worse';
}
