import { logGamma } from '../numerics/incomplete-beta.ts';
import { mean, variance } from '../numerics/moments.ts';
import { studentCdf, twoSidedP } from './student-t.ts';
import type { Interval } from './welch.ts';
import { requireFinite, requireNumbers } from '../numerics/require-finite.ts';

/** An equal mixture of Student's t distributions with one number of degrees of freedom, above two. */
export type MixtureOfT = {
  readonly means: Float64Array;
  readonly scales: Float64Array;
  readonly degreesOfFreedom: number;
};

/** Smallest p value that is reported: calibration without an effect was checked down to it. */
const FINEST_P = 1e-3;

const cdf = ({ means, scales, degreesOfFreedom }: MixtureOfT, value: number) =>
  mean(means.map((centre, k) => studentCdf((value - centre) / scales[k]!, degreesOfFreedom)));

function density({ means, scales, degreesOfFreedom: nu }: MixtureOfT, value: number): number {
  const front = Math.exp(logGamma((nu + 1) / 2) - logGamma(nu / 2)) / Math.sqrt(nu * Math.PI);
  return mean(
    means.map((centre, k) => {
      const t = (value - centre) / scales[k]!;
      return (front / scales[k]!) * (1 + (t * t) / nu) ** (-(nu + 1) / 2);
    }),
  );
}

function requireMixture({ means, scales, degreesOfFreedom }: MixtureOfT): void {
  requireFinite('a mixture', means);
  requireFinite('a mixture', scales);
  requireNumbers('a mixture', [degreesOfFreedom]);
}

/** Variance within the draws and between their means. */
function parts({ means, scales, degreesOfFreedom }: MixtureOfT) {
  requireMixture({ means, scales, degreesOfFreedom });
  const within = mean(scales.map((scale) => scale * scale));
  const between = means.length > 1 ? (1 + 1 / means.length) * variance(means) : 0;
  return { within: (within * degreesOfFreedom) / (degreesOfFreedom - 2), between };
}

export const mixtureMean = ({ means }: MixtureOfT) => mean(means);

export function standardDeviation(mixture: MixtureOfT): number {
  const { within, between } = parts(mixture);
  return Math.sqrt(within + between);
}

/** The value with this probability below it, by Newton's method inside a shrinking bracket. */
function mixtureQuantile(mixture: MixtureOfT, probability: number): number {
  requireFinite('a quantile of a mixture', [probability]);
  const reach = standardDeviation(mixture);
  const centre = mixtureMean(mixture);
  if (!(reach > 0)) return centre;
  let [low, high] = [centre - 2 * reach, centre + 2 * reach];
  while (cdf(mixture, low) > probability) low -= high - low;
  while (cdf(mixture, high) < probability) high += high - low;
  let at = (low + high) / 2;
  for (let step = 0; step < 100 && high - low > 1e-12 * reach; step++) {
    const gap = cdf(mixture, at) - probability;
    if (gap === 0) return at;
    if (gap > 0) high = at;
    else low = at;
    const next = at - gap / density(mixture, at);
    if (Math.abs(next - at) < 1e-12 * reach) return next;
    at = next > low && next < high ? next : (low + high) / 2;
  }
  return at;
}

/** Equal-tailed interval of a mixture. */
export const mixtureInterval = (mixture: MixtureOfT, level: number): Interval => ({
  low: mixtureQuantile(mixture, (1 - level) / 2),
  high: mixtureQuantile(mixture, (1 + level) / 2),
  level,
  method: 'posterior_mixture_of_t',
});

/** Whether the equal-tailed interval of a mixture does not hold zero. */
export function excludesZero(mixture: MixtureOfT, level: number): boolean {
  requireMixture(mixture);
  requireFinite('an interval of a mixture', [level]);
  const below = cdf(mixture, 0);
  return Math.min(below, 1 - below) < (1 - level) / 2;
}

/**
 * Two-sided p value of zero: that of the mixture, and not less than that of a t whose degrees of freedom count the draws
 * (Rubin 1987, eq. 3.1.6, with Satterthwaite's for both parts), nor than FINEST_P.
 */
export function mixtureP(mixture: MixtureOfT): number {
  const { within, between } = parts(mixture);
  const total = within + between;
  if (!(total > 0)) return 1;
  const below = cdf(mixture, 0);
  const draws = Math.max(1, mixture.means.length - 1);
  const degrees = total ** 2 / (within ** 2 / mixture.degreesOfFreedom + between ** 2 / draws);
  const combined = twoSidedP(mixtureMean(mixture) / Math.sqrt(total), degrees);
  return Math.min(1, Math.max(2 * Math.min(below, 1 - below), combined, FINEST_P));
}
