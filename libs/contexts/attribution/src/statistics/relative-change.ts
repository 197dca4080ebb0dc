import { mean } from '../numerics/moments.ts';
import { studentQuantile } from './student-t.ts';

/** One benchmark (or one outcome) in both arms, with the standard errors of its means where known. */
export type LevelPair = {
  readonly more: number;
  readonly less: number;
  readonly moreError?: number;
  readonly lessError?: number;
};

type RatioInterval = {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: 'delta' | 'fieller';
};

/** Percent. Both definitions are kept: they may differ in size and even in sign (paper A reports both). */
export type RelativeChange = {
  readonly percentChangeOfMeans: number;
  readonly meanOfPercentChanges: number;
  readonly standardError: number | null;
  readonly interval: RatioInterval | null;
};

const FIELLER_BELOW = 5;

export function relativeChange(
  pairs: readonly LevelPair[],
  level = 0.95,
  degreesOfFreedom = Infinity,
): RelativeChange {
  const more = mean(pairs.map((pair) => pair.more));
  const less = mean(pairs.map((pair) => pair.less));
  const meanOfPercentChanges = mean(pairs.map((pair) => 100 * (pair.more / pair.less - 1)));
  const [only] = pairs;
  const errors = pairs.length === 1 && only ? { more: only.moreError, less: only.lessError } : undefined;
  const base = { percentChangeOfMeans: 100 * (more / less - 1), meanOfPercentChanges };
  if (errors?.more === undefined || errors.less === undefined)
    return { ...base, standardError: null, interval: null };
  const standardError = 100 * Math.hypot(errors.more / less, (more * errors.less) / less ** 2);
  const reach = studentQuantile(0.5 + level / 2, Math.min(degreesOfFreedom, 1e7));
  const weakBase = Math.abs(less) / errors.less < FIELLER_BELOW;
  const interval = weakBase
    ? fieller({ more, less, moreError: errors.more, lessError: errors.less }, reach, level)
    : deltaInterval(base.percentChangeOfMeans, reach * standardError, level);
  return { ...base, standardError, interval };
}

const deltaInterval = (centre: number, reach: number, level: number): RatioInterval => ({
  low: centre - reach,
  high: centre + reach,
  level,
  method: 'delta',
});

/** Fieller (1954) for independent means; null where the base isn't distinguishable from zero and the set is unbounded. */
function fieller(pair: Required<LevelPair>, reach: number, level: number): RatioInterval | null {
  const { more, less, moreError, lessError } = pair;
  const a = less ** 2 - (reach * lessError) ** 2;
  const b = more * less;
  const c = more ** 2 - (reach * moreError) ** 2;
  if (a <= 0) return null;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { low: 100 * ((b - root) / a - 1), high: 100 * ((b + root) / a - 1), level, method: 'fieller' };
}
