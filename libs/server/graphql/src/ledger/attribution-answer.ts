import type {
  Decomposition as EstimatedDecomposition,
  Effect as EstimatedEffect,
} from '@tributary/attribution';
import type { EffectsAnswer } from '@tributary/attribution-jobs';
import { parseEventPosition, positionFromText } from '@tributary/kernel';
import { answered, merged } from '../answer.ts';
import type { Evidence, Freshness } from '../answer.ts';
import type { Attribution, Decomposition, Effect } from '../generated/schema.ts';

/** Effects as an answer. */
export function attributionOf(
  { experiment, effects, questions, family }: EffectsAnswer,
  fresh: Freshness,
): Attribution {
  const evidence = merged(effects.map(evidenceIn));
  return { ...answered(fresh, evidence), experiment, questions, family, effects: effects.map(effectOf) };
}

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
