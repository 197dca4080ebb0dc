import type { Effect } from './effect.ts';
import type { Warning } from './experiment.ts';

/**
 * Warns where two estimators of one contrast differ by more than both intervals allow: zero lies outside the interval of
 * the difference, which is put together from theirs (MOVER: Zou and Donner 2008, Stat. Med. 27(10), eq. 3; the estimators
 * have no runs in common).
 */
export function disagreement(one: Effect, other: Effect): Warning[] {
  const [left, right] = [one, other].map(
    ({ effect, interval }) => effect !== null && interval && { effect, interval },
  );
  if (!left || !right) return [];
  const gap = left.effect - right.effect;
  const below = Math.hypot(left.effect - left.interval.low, right.interval.high - right.effect);
  const above = Math.hypot(left.interval.high - left.effect, right.effect - right.interval.low);
  if (gap - below <= 0 && gap + above >= 0) return [];
  const [size, low, high] = [gap, gap - below, gap + above].map((value) => value.toPrecision(3));
  const names = [one, other].map(
    ({ estimator, identification }) => `${nameOf(estimator.id)} (${identification})`,
  );
  const text = `${names[0]} minus ${names[1]} is ${size} (${low} to ${high}) for the same contrast: at least one of them is wrong. The first effect of the answer has the stronger identification.`;
  return [{ code: 'estimators_disagree', text }];
}

const nameOf = (id: string) => id.split('.', 1)[0]!;
