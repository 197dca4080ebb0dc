import { requireNumbers } from '../numerics/require-finite.ts';

/** Log risk ratio of one standard deviation of a continuous outcome (Chinn 2000; VanderWeele and Ding 2017, table 2). */
const LOG_RATIO = 0.91;

/** The risk ratio that a difference of a continuous outcome is about equal to; `spread` is its standard deviation. */
export const ratioOfDifference = (difference: number, spread: number): number =>
  Math.exp((LOG_RATIO * difference) / spread);

/**
 * The E-value of a risk ratio: how strongly, as a risk ratio, an unmeasured confounder would have to be associated with
 * both the treatment and the outcome to explain the ratio away: RR + √(RR (RR − 1)), with 1 / RR for RR below one
 * (VanderWeele and Ding 2017, Annals of Internal Medicine 167:268). One where there is nothing to explain. Throws Fault
 * `not_finite` for NaN.
 */
export function eValue(ratio: number): number {
  requireNumbers('an E-value', [ratio]);
  const above = ratio < 1 ? 1 / ratio : ratio;
  return above + Math.sqrt(above * (above - 1));
}
