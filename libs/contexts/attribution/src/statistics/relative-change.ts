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

/**
 * Change relative to the score with less of the slice, in percent, by two definitions. They may differ in size and in
 * sign; the study of domain removal that the design follows (arXiv 2605.19762) uses both.
 */
export type RelativeChange = {
  /** 100 (mean of more / mean of less - 1). */
  readonly percentChangeOfMeans: number;
  /** Mean over the pairs of 100 (more / less - 1). */
  readonly meanOfPercentChanges: number;
  /** Of `percentChangeOfMeans`; null without the errors of both means. */
  readonly standardError: number | null;
  readonly interval: RatioInterval | null;
};

/** |less| / its error below which the delta method is replaced by Fieller's interval. */
const FIELLER_BELOW = 5;

/**
 * Relative changes of one outcome, or of several benchmarks. For one outcome with errors, the standard error is
 * 100 sqrt((e1 / y0)^2 + (y1 e0 / y0^2)^2) and the interval is by the delta method, or by Fieller (1954) where y0 / e0 is
 * below 5.
 */
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

/** Fieller (1954) for independent means; null where the base does not differ from zero and the set is unbounded. */
function fieller(pair: Required<LevelPair>, reach: number, level: number): RatioInterval | null {
  const { more, less, moreError, lessError } = pair;
  const a = less ** 2 - (reach * lessError) ** 2;
  const b = more * less;
  const c = more ** 2 - (reach * moreError) ** 2;
  if (a <= 0) return null;
  const root = Math.sqrt(Math.max(0, b * b - a * c));
  return { low: 100 * ((b - root) / a - 1), high: 100 * ((b + root) / a - 1), level, method: 'fieller' };
}
