import { createHash } from 'node:crypto';
import type { Answer } from './attribute.ts';
import type { Effect, Identification, Interpretation, Verdict } from './effect.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';

/** A hypothesis that was tested earlier, with the largest p value that was recorded for it. */
export type RecordedTest = { readonly hypothesis: string; readonly pValue: number };

/** A family whose tests are recorded, and those recorded before the request. It may hold tests of several experiments. */
export type RecordedFamily = {
  readonly name: string;
  /** The experiment of the request. */
  readonly experiment: string;
  /** Each hypothesis once. */
  readonly tests: readonly RecordedTest[];
};

/**
 * The tests that were corrected together: every effect of one request that has a p value, by whichever estimator, and the
 * tests that were recorded earlier where the request names a recorded family.
 */
export type EffectFamily = {
  readonly procedure: 'benjamini_hochberg';
  /** The recorded family; null where the request stands alone. */
  readonly name: string | null;
  /** Tests that were corrected together, `earlier` ones included. */
  readonly tests: number;
  /** Hypotheses recorded earlier in the family that this request does not test again. */
  readonly earlier: number;
  /** The family in words: how many tests by which estimators, of which slices on which capabilities. */
  readonly text: string;
  /** One text for each test of the request, in the order of the effects. */
  readonly hypotheses: readonly string[];
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

/** The recorded tests of a family that the effects of a request do not test again. */
function earlierTests(tested: readonly Effect[], recorded?: RecordedFamily): readonly RecordedTest[] {
  if (!recorded) return [];
  const now = new Set(tested.map((effect) => hypothesisOf(recorded.experiment, effect)));
  return recorded.tests.filter(({ hypothesis }) => !now.has(hypothesis));
}

/** The family of tests that the effects of one request form, with the tests that were recorded before it. */
export function familyOf(effects: readonly Effect[], recorded?: RecordedFamily): EffectFamily {
  const tested = effects.filter(({ pValue }) => pValue !== null);
  const earlier = earlierTests(tested, recorded).length;
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
    ? ` With ${earlier} other test${earlier === 1 ? '' : 's'} recorded earlier in the family ${recorded.name}: ${tested.length + earlier} in all.`
    : '';
  const hypotheses = tested.map(
    ({ estimand, displacement, estimator }) =>
      `${estimand.slice} on ${estimand.capability}, ${displacement}, ${estimator.id}`,
  );
  return {
    procedure: 'benjamini_hochberg',
    name: recorded?.name ?? null,
    tests: tested.length + earlier,
    earlier,
    text: `${text}${before}`,
    hypotheses,
  };
}

/**
 * Corrects the answers of one request as one family and says in words what remains: `qValue` by Benjamini and Hochberg
 * (1995, procedure (1)) over every effect with a p value, `verdict` and `interpretation` from it. An effect has a sign
 * where its q value is at most 1 - level and its interval excludes zero. Answers that were computed separately are one
 * family where they are passed together. With a recorded family, its earlier tests count too: a hypothesis that the request
 * tests again counts once, by the p value of the request.
 */
export function asOneFamily(answers: readonly Answer[], recorded?: RecordedFamily): Answer[] {
  const tested = answers
    .filter(isEffects)
    .flatMap((effects) => effects.filter(({ pValue }) => pValue !== null));
  const earlier = earlierTests(tested, recorded).map(({ pValue }) => pValue);
  const adjusted = benjaminiHochberg([...tested.map(({ pValue }) => pValue ?? 1), ...earlier]);
  const qValues = new Map(tested.map((effect, index) => [effect, adjusted[index]!]));
  return answers.map((answer) =>
    isEffects(answer) ? answer.map((effect) => inWords(effect, qValues.get(effect) ?? null)) : answer,
  );
}

function inWords(effect: Effect, qValue: number | null): Effect {
  const verdict = verdictOf(effect, qValue);
  return { ...effect, qValue, verdict, interpretation: interpretationOf(effect, verdict) };
}

function verdictOf({ verdict, interval, effect }: Effect, qValue: number | null): Verdict {
  if (verdict === 'not_identified') return verdict;
  if (!interval || effect === null || qValue === null) return 'inconclusive';
  /* The level is a decimal such as 0.95, and 1 - 0.95 is above 0.05 by rounding alone. */
  const rate = 1 - interval.level + 1e-12;
  if (qValue > rate || !(interval.low > 0 || interval.high < 0)) return 'inconclusive';
  return interval.low > 0 ? 'positive' : 'negative';
}

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
