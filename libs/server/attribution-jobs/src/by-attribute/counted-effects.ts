import type { Answer, Effect } from '@tributary/attribution';
import { notFollowedPlan, lowered } from './followed-plan.ts';
import type { MeasuredSlices } from './measured-slices.ts';
import type { Resliced } from './resliced.ts';
import { notSeparable, withoutEstimate } from './separable.ts';
import { definitionText } from './slice-names.ts';

/**
 * Effects over slices of an attribute, with what belongs to every one of them: how the slices were counted, that a slice
 * which follows from recorded ones has no effect of its own (`not_separable`), and that an assignment which was not followed
 * supports less. The slice of an effect names the attribute, so that its tests are no tests of a recorded slice.
 */
export function countedEffects(
  answers: readonly Answer[],
  { cells, recorded, counting }: Resliced,
  by: MeasuredSlices,
): Answer[] {
  const plan = notFollowedPlan(recorded);
  const name = definitionText(by);
  const counted = (effect: Effect): Effect => {
    const { slice } = effect.estimand;
    const reason = notSeparable(cells, slice);
    const seen = reason ? withoutEstimate(effect, reason) : effect;
    const kept = plan && seen.effect !== null ? { ...seen, identification: lowered(seen) } : seen;
    return {
      ...kept,
      estimand: { ...kept.estimand, slice: `${slice} [${name}]` },
      warnings: [...kept.warnings, ...(plan ? [plan] : []), ...counting.warnings],
    };
  };
  return answers.map((answer) => ('refusal' in answer ? answer : answer.map(counted)));
}
