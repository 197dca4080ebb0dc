import type { Answer } from './attribute.ts';
import type { Effect, Identification, Interpretation, Verdict } from './effect.ts';
import { benjaminiHochberg } from './statistics/benjamini-hochberg.ts';

/** The tests that were corrected together: every effect of one request that has a p value, by whichever estimator. */
export type EffectFamily = {
  readonly procedure: 'benjamini_hochberg';
  readonly tests: number;
  /** The family in words: how many tests by which estimators, of which slices on which capabilities. */
  readonly text: string;
  /** One text for each test, in the order of the effects. */
  readonly hypotheses: readonly string[];
};

const isEffects = (answer: Answer): answer is readonly Effect[] => Array.isArray(answer);

const distinct = (values: readonly string[]) => [...new Set(values)].toSorted();

/** Estimators without their variants, such as `controlled_ablation`. */
const kindOf = ({ estimator }: Effect) => estimator.id.split('.', 1)[0]!;

/** The family of tests that the effects of one request form. */
export function familyOf(effects: readonly Effect[]): EffectFamily {
  const tested = effects.filter(({ pValue }) => pValue !== null);
  const named = (values: readonly string[]) => distinct(values).join(', ');
  const kinds = distinct(tested.map(kindOf)).map(
    (kind) => `${tested.filter((effect) => kindOf(effect) === kind).length} by ${kind}`,
  );
  const text =
    tested.length === 0
      ? 'No effect of this request has a p value.'
      : `All ${tested.length} effects of this request that have a p value, ${kinds.join(' and ')}: ` +
        `${named(tested.map(({ estimand }) => estimand.slice))} on ` +
        `${named(tested.map(({ estimand }) => estimand.capability))}, displacement ` +
        `${named(tested.map(({ displacement }) => displacement))}.`;
  const hypotheses = tested.map(
    ({ estimand, displacement, estimator }) =>
      `${estimand.slice} on ${estimand.capability}, ${displacement}, ${estimator.id}`,
  );
  return { procedure: 'benjamini_hochberg', tests: tested.length, text, hypotheses };
}

/**
 * Corrects the answers of one request as one family and says in words what remains: `qValue` by Benjamini and Hochberg
 * (1995, procedure (1)) over every effect with a p value, `verdict` and `interpretation` from it. An effect has a sign
 * where its q value is at most 1 - level and its interval excludes zero. Answers that were computed separately are one
 * family where they are passed together.
 */
export function asOneFamily(answers: readonly Answer[]): Answer[] {
  const tested = answers
    .filter(isEffects)
    .flatMap((effects) => effects.filter(({ pValue }) => pValue !== null));
  const adjusted = benjaminiHochberg(tested.map(({ pValue }) => pValue ?? 1));
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

function interpretationOf({ identification, higherIsBetter }: Effect, verdict: Verdict): Interpretation {
  if (verdict === 'inconclusive' || verdict === 'not_identified') return verdict;
  const isBetter = (verdict === 'positive') === (higherIsBetter ?? true);
  if (CAUSAL.has(identification)) return isBetter ? 'improves' : 'harms';
  return isBetter ? 'associated_with_better' : 'associated_with_worse';
}
