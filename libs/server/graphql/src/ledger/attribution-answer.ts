import { HISTORY_IN_DOUBT } from '@tributary/attribution';
import type {
  Decomposition as EstimatedDecomposition,
  Effect as EstimatedEffect,
  Warning,
} from '@tributary/attribution';
import type { Counting, EffectsAnswer } from '@tributary/attribution-jobs';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { answered, incomplete, merged } from '../answer.ts';
import type { Evidence, Freshness } from '../answer.ts';
import { valueOf } from '../closed-set.ts';
import { Method } from '../generated/schema.ts';
import type { AttributeCounting, Attribution, Decomposition, Effect } from '../generated/schema.ts';

/** Effects as an answer. */
export function attributionOf(
  { experiment, effects, questions, family, counting }: EffectsAnswer,
  fresh: Freshness,
): Attribution {
  const evidence = merged([...effects.map(evidenceIn), ...measurementsIn(counting)]);
  return {
    ...answered(withLacks(fresh, counting, warningsIn(effects)), evidence),
    experiment,
    questions,
    family,
    effects: effects.map(effectOf),
    counting: countingOf(counting),
  };
}

/**
 * An answer is not complete where something consumed was not measured, over slices of an attribute, or where its warnings say
 * that it is not known which steps of a run count.
 */
export function withLacks(
  fresh: Freshness,
  counting: Counting | undefined,
  warnings: readonly Warning[],
): Freshness {
  const doubts = warnings.filter(({ code }) => code === HISTORY_IN_DOUBT).map(({ text }) => text);
  const reason = [...new Set(doubts)].map((text) => text.replace(/\.$/, '')).join('; ');
  return incomplete(incomplete(fresh, counting?.lacks ?? undefined), reason === '' ? undefined : reason);
}

/** The warnings of all effects. */
export const warningsIn = (effects: readonly EstimatedEffect[]): readonly Warning[] =>
  effects.flatMap(({ warnings }) => warnings);

/** The measurements behind the slices. */
export const measurementsIn = (counting: Counting | undefined): Evidence[] =>
  counting ? [{ positions: [...counting.evidence] }] : [];

/** How slices were counted, as the schema has it; null where they are the recorded ones. */
export const countingOf = (counting: Counting | undefined): AttributeCounting | null =>
  counting ? { ...counting, method: valueOf(Method, counting.method, 'the method of a measurement') } : null;

/** An effect as the schema has it. */
export const effectOf = (effect: EstimatedEffect): Effect => ({
  ...effect,
  adjustment: effect.adjustment ?? null,
  negativeControls: effect.negativeControls.map((control) => ({ controlOutcome: null, ...control })),
  decomposition: effect.decomposition ? partsOf(effect.decomposition) : null,
  proxy: effect.proxy && { ...effect.proxy, parameters: effect.proxy.parameters ?? null },
});

/** Parts that an estimator leaves out are null. */
const partsOf = (decomposition: EstimatedDecomposition): Decomposition => ({
  ...decomposition,
  receivers: decomposition.receivers.map((receiver) => ({ held: null, moved: null, ...receiver })),
});

/** Evidence that estimators name as text. */
export const evidenceIn = ({ evidence }: { readonly evidence: readonly string[] }): Evidence => ({
  positions: evidence.map((position) => parseEventPosition(positionFromText(position))),
});
