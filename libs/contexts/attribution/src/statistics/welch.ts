import { mean, variance } from '../numerics/moments.ts';
import { studentQuantile, twoSidedP } from './student-t.ts';

/** How an interval was made; `method` names the procedure, never the verdict. */
export type Interval = {
  readonly low: number;
  readonly high: number;
  readonly level: number;
  readonly method: string;
};

export type Comparison = {
  readonly effect: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  readonly interval: Interval;
  readonly pValue: number;
};

type Estimate = { effect: number; standardError: number; degreesOfFreedom: number };

export function studentComparison(estimate: Estimate, level: number, method: string): Comparison {
  const { effect, standardError, degreesOfFreedom } = estimate;
  const reach = studentQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
  const pValue =
    standardError === 0 ? Number(effect === 0) : twoSidedP(effect / standardError, degreesOfFreedom);
  return { ...estimate, interval: { low: effect - reach, high: effect + reach, level, method }, pValue };
}

/** mean(more) - mean(less) with unequal variances (Welch 1947, df by Satterthwaite); both need two values. */
export function welch(more: readonly number[], less: readonly number[], level = 0.95): Comparison {
  const moreShare = variance(more) / more.length;
  const lessShare = variance(less) / less.length;
  const total = moreShare + lessShare;
  const spread = moreShare ** 2 / (more.length - 1) + lessShare ** 2 / (less.length - 1);
  const degreesOfFreedom = spread === 0 ? more.length + less.length - 2 : total ** 2 / spread;
  const effect = mean(more) - mean(less);
  return studentComparison({ effect, standardError: Math.sqrt(total), degreesOfFreedom }, level, 'welch');
}

/** The same contrast for runs that share their seeds: value i of both lists belongs to one seed. */
export function pairedComparison(more: readonly number[], less: readonly number[], level = 0.95): Comparison {
  const gaps = more.map((value, index) => value - less[index]!);
  const standardError = Math.sqrt(variance(gaps) / gaps.length);
  const estimate = { effect: mean(gaps), standardError, degreesOfFreedom: gaps.length - 1 };
  return studentComparison(estimate, level, 'paired_t');
}
