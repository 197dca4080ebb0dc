import { requireNumbers } from '../numerics/require-finite.ts';
import type { Estimate, Interval } from './welch.ts';

/**
 * Variance of the effect under the alternative, in variances of one observation: effects of about five standard deviations,
 * which is what three to ten seeds can show. The choice decides how wide the interval is and not whether it holds.
 */
const PRIOR_VARIANCE = 25;

/** An estimate with the number of observations behind it: pairs, or n m / (n + m) for two arms of n and m seeds. */
export type Observed = { readonly estimate: Estimate; readonly observations: number };

/** An interval and a p value that hold at every number of observations at once; no interval where it has no end. */
export type AnytimeComparison = { readonly interval: Interval | null; readonly pValue: number };

/**
 * Interval and p value of a t statistic that may be looked at after every observation, and stopped at. The e-value is the
 * ratio of the density of t under normal effects of variance g to that without an effect,
 * E = k^(-1/2) ((1 + t²/ν) / (1 + t²/(k ν)))^((ν + 1)/2) with k = 1 + g n: a martingale without an effect, whatever the noise
 * (Lai 1976; Wang and Ramdas 2025, Anytime-valid t-tests and confidence sequences for Gaussian means with unknown
 * variance). By Ville's inequality E passes 1/a at any time with a probability of a at most, so p = 1/E holds at any time, and
 * so does the set of effects that it does not reject at 1 - level. With the degrees of freedom of Satterthwaite (1946) it
 * holds about; `anytime.property.spec.ts` has the rates. The interval has no end where k^(ν/2) is at most 1/a. Throws Fault
 * `not_finite` where something given is NaN.
 */
export function anytimeComparison({ estimate, observations }: Observed, level: number): AnytimeComparison {
  const { effect, standardError, degreesOfFreedom } = estimate;
  const given = [effect, standardError, degreesOfFreedom, observations, level];
  requireNumbers('an anytime comparison', given);
  const spread = 1 + PRIOR_VARIANCE * observations;
  const half = (degreesOfFreedom + 1) / 2;
  const squared = effect === 0 ? 0 : (effect / standardError) ** 2 / degreesOfFreedom;
  const gain = squared === Infinity ? Math.log(spread) : Math.log1p(squared) - Math.log1p(squared / spread);
  const pValue = Math.min(1, Math.exp(0.5 * Math.log(spread) - half * gain));
  const needed = (Math.sqrt(spread) / (1 - level)) ** (1 / half);
  if (needed >= spread) return { interval: null, pValue };
  const reach = standardError * Math.sqrt((degreesOfFreedom * (needed - 1)) / (1 - needed / spread));
  const interval = { low: effect - reach, high: effect + reach, level, method: 'anytime_t' };
  return { interval: Number.isFinite(reach) ? interval : null, pValue };
}

/** The level while outcomes arrive: half of the error is spent on looks, the other half is left for the planned one. */
export const levelOfLooks = (level: number): number => 1 - (1 - level) / 2;
