import { displace } from '../composition/displacement.ts';
import { mean } from '../numerics/moments.ts';
import { normalCdf } from '../numerics/normal-cdf.ts';
import { random } from '../numerics/random.ts';
import { EVEN, oracleError, SLICES, swarmDrawn } from './coverage.fixture.ts';
import type { Truth } from './coverage.fixture.ts';

/** The law with one more parameter, which is zero in truth: the own slice may bend as a logarithm does. */
const withBend = ({ law, parameters, ...rest }: Truth): Truth => ({
  ...rest,
  parameters: [...parameters, 0],
  law: (p, shares) => law(p, shares) + p[parameters.length]! * Math.log(shares[0]! + BEND_EPSILON),
});

const BEND_EPSILON = 0.01;

/**
 * Least expected length at a normal mean of an interval that covers in 95 % for every mean, in that of the symmetric
 * interval: (.95 z(.95) + φ(z(.95))) / z(.975) (Pratt 1961, JASA 56, 549).
 */
const PRATT = 0.85;

/** Part of the own slice that is removed; about what 24 to 64 uniform mixtures support. */
const REMOVED = 0.8;
const DESIGNS = 60;

type Errors = { readonly oracle: number; readonly bent: number };

/**
 * Errors of the own slice's removal in each design, by the Cramér-Rao bounds: of the oracle, and of any unbiased estimate
 * that also holds where the own slice bends.
 */
function errorsOf(truth: Truth, mixtures: number): Errors[] {
  const without = displace(EVEN, SLICES[0]!, { rule: 'proportional' })!;
  const more = Float64Array.from(SLICES, (slice) => EVEN[slice]!);
  const less = more.map((share, j) => share + REMOVED * (without[SLICES[j]!]! - share));
  const contrast = { more, less, direction: more };
  return Array.from({ length: DESIGNS }, (_, design) => {
    const observations = swarmDrawn({ truth, noise: 0.1 }, mixtures, random(design));
    const errorOf = (law: Truth) => oracleError({ truth: law, noise: 0.1 }, observations, contrast);
    return { oracle: errorOf(truth), bent: errorOf(withBend(truth)) };
  });
}

/**
 * Least mean width that any 95 % interval of the own slice's removal can have under `truth`, if it also holds where the
 * own slice bends, in widths of the oracle that knows the law.
 */
export const narrowestInterval = (truth: Truth, mixtures: number): number =>
  PRATT * mean(errorsOf(truth, mixtures).map(({ oracle, bent }) => bent / oracle));

/** Normal quantiles of a one-sided and of a two-sided test at 5 %. */
const [ONE_SIDED, TWO_SIDED] = [1.6449, 1.96];

/**
 * How often an own effect of `size` oracle errors, at their mean over designs, can be found at 5 %, if effects that do not exist are found in no more
 * than 5 % also where the own slice bends. `unbiased`: by the most powerful unbiased two-sided test, which is that of the
 * unbiased estimate with the bend (Lehmann and Romano 2005, theorem 4.4.1). `any`: by any test at all, even one that knows
 * the sign: the likelihood ratio against the nearest null (Neyman and Pearson). The noise is taken as known, which no
 * surface knows.
 */
export function mostPower(truth: Truth, mixtures: number, size: number) {
  const errors = errorsOf(truth, mixtures);
  const effect = size * mean(errors.map(({ oracle }) => oracle));
  const beyond = (quantile: number) => mean(errors.map(({ bent }) => normalCdf(effect / bent - quantile)));
  return { unbiased: beyond(TWO_SIDED), any: beyond(ONE_SIDED) };
}
