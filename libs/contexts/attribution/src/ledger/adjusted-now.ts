import { z } from 'zod';
import type { Effect, Interpretation } from '../effect.ts';
import { asOneFamily, hypothesisOf } from '../family.ts';
import type { RecordedTest } from '../recorded-family.ts';

/** An effect of a recorded answer: as it was given, and by the tests that its family holds by now. */
export type AdjustedEffect = {
  readonly hypothesis: string;
  readonly qValue: number;
  readonly qValueNow: number;
  readonly interpretation: Interpretation;
  readonly interpretationNow: Interpretation;
};

/** The family of a recorded answer by now. */
export type FamilyNow = {
  readonly name: string;
  /** Tests that the answer was corrected over, and hypotheses that its family holds by now. */
  readonly testsThen: number;
  readonly tests: number;
  readonly effects: readonly AdjustedEffect[];
};

/** What the correction reads of an effect. Anybody can record a result, so it is checked. */
const effectShape = z.looseObject({
  estimand: z.looseObject({ slice: z.string(), capability: z.string() }),
  displacement: z.string(),
  estimator: z.looseObject({ id: z.string() }),
  effect: z.number().nullable(),
  interval: z.looseObject({ low: z.number(), high: z.number(), level: z.number() }).nullable(),
  pValue: z.number().nullable(),
  qValue: z.number().nullable(),
  identification: z.string(),
  verdict: z.string(),
  interpretation: z.string(),
  higherIsBetter: z.boolean().nullable(),
});
const isEffect = (value: unknown): value is Effect => effectShape.safeParse(value).success;

const frozenEffects = z.looseObject({
  kind: z.literal('effects'),
  version: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  experiment: z.string(),
  family: z.looseObject({ name: z.string(), tests: z.number() }),
  effects: z.array(z.custom<Effect>(isEffect)),
});

/** The recorded family of a result; undefined where it has none, or is no result of effects. */
export const familyIn = (result: unknown): string | undefined =>
  frozenEffects.safeParse(result).data?.family.name;

/**
 * Corrects the effects of a recorded result by what its family holds by now. Further hypotheses change nothing: each is tested
 * in its own turn. What changes a word is a further look that made an earlier hypothesis less likely, an answer of an earlier
 * version, which was corrected over the tests until then, and one as of a position before tests that stand before its own.
 * Undefined where the result has no recorded family.
 */
export function adjustedNow(result: unknown, tests: readonly RecordedTest[]): FamilyNow | undefined {
  const frozen = frozenEffects.safeParse(result).data;
  if (!frozen) return undefined;
  const { experiment, family, effects } = frozen;
  const recorded = { name: family.name, experiment, tests };
  const [now] = asOneFamily([effects], recorded);
  if (!now || 'refusal' in now) return undefined;
  return {
    name: family.name,
    testsThen: family.tests,
    tests: new Set([...tests.map(({ hypothesis }) => hypothesis), ...testedIn(experiment, effects)]).size,
    effects: effects.flatMap((effect, index) => {
      const { qValue = null, interpretation: interpretationNow = 'inconclusive' } = now[index] ?? {};
      if (effect.qValue === null || qValue === null) return [];
      const { interpretation } = effect;
      const hypothesis = hypothesisOf(experiment, effect);
      return [{ hypothesis, qValue: effect.qValue, qValueNow: qValue, interpretation, interpretationNow }];
    }),
  };
}

const testedIn = (experiment: string, effects: readonly Effect[]): string[] =>
  effects.filter(({ pValue }) => pValue !== null).map((effect) => hypothesisOf(experiment, effect));
