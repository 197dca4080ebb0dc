import { displace } from '../composition/displacement.ts';
import { mean } from '../numerics/moments.ts';
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

/**
 * Least mean width that any 95 % interval of the own slice's removal can have under `truth`, if it also holds where the
 * own slice bends, in widths of the oracle that knows the law: from the Cramér-Rao bounds with and without the bend.
 */
export function narrowestInterval(truth: Truth, mixtures: number): number {
  const without = displace(EVEN, SLICES[0]!, { rule: 'proportional' })!;
  const more = Float64Array.from(SLICES, (slice) => EVEN[slice]!);
  const less = more.map((share, j) => share + REMOVED * (without[SLICES[j]!]! - share));
  const contrast = { more, less, direction: more };
  const ratios = Array.from({ length: DESIGNS }, (_, design) => {
    const observations = swarmDrawn({ truth, noise: 0.1 }, mixtures, random(design));
    const errorOf = (law: Truth) => oracleError({ truth: law, noise: 0.1 }, observations, contrast);
    return errorOf(withBend(truth)) / errorOf(truth);
  });
  return PRATT * mean(Float64Array.from(ratios));
}
