import type { Effect } from '../effect.ts';
import { anytimeComparison, levelOfLooks } from '../statistics/anytime.ts';
import type { Observed } from '../statistics/anytime.ts';
import { studentQuantile } from '../statistics/student-t.ts';
import type { Interval } from '../statistics/welch.ts';

/** An interval for one planned number of outcomes, named as such. */
const fixed = (interval: Interval): Interval => ({ ...interval, method: `${interval.method}_fixed_n` });

/**
 * The effect of an ablation while outcomes are still to come: its interval and p value hold at every look, at the level that
 * leaves half of the error for the planned look. The intervals for a fixed number of outcomes stand beside it, and their
 * methods end in `fixed_n`. The relative change keeps its error and has no interval.
 */
export function whileOutcomesArrive(effect: Effect, observed: Observed): Effect {
  const { interval: planned, otherIntervals, relativeChange } = effect;
  if (!planned) return effect;
  const { interval, pValue } = anytimeComparison(observed, levelOfLooks(planned.level));
  const { standardError, degreesOfFreedom } = observed.estimate;
  const power = studentQuantile(0.8, degreesOfFreedom) * standardError;
  return {
    ...effect,
    interval,
    pValue,
    otherIntervals: [planned, ...otherIntervals].map(fixed),
    minimumDetectableEffect: interval && (interval.high - interval.low) / 2 + power,
    relativeChange: relativeChange && { ...relativeChange, interval: null },
  };
}
