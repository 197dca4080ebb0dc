import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { excludesZero, mixtureInterval, mixtureP } from './mixture-of-t.ts';
import type { MixtureOfT } from './mixture-of-t.ts';

/** Mixtures of up to eight t distributions, of any scale, with their means up to a million scales from zero. */
const anyMixture: fc.Arbitrary<MixtureOfT> = fc
  .record({
    parts: fc.array(
      fc.tuple(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
      ),
      { minLength: 1, maxLength: 8 },
    ),
    degreesOfFreedom: fc.integer({ min: 3, max: 600 }),
  })
  .map(({ parts, degreesOfFreedom }) => ({
    means: Float64Array.from(parts, ([mean]) => mean),
    scales: Float64Array.from(parts, ([, scale]) => scale),
    degreesOfFreedom,
  }));

const shifted = (mixture: MixtureOfT, by: number): MixtureOfT => ({
  ...mixture,
  means: mixture.means.map((mean) => mean + by),
});

describe('the p value of a mixture', () => {
  it('lies between .001 and 1', () => {
    fc.assert(
      fc.property(anyMixture, (mixture) => {
        expect(mixtureP(mixture)).toBeGreaterThanOrEqual(0.001);
        expect(mixtureP(mixture)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is .001 and no finer, however far the mixture is from zero', () => {
    const far = fc.double({ min: 1e9, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(anyMixture, far, (mixture, by) => {
        expect(mixtureP(shifted({ ...mixture, means: mixture.means.slice(0, 1) }, by))).toBe(0.001);
      }),
    );
  });

  it('is that of the mirrored mixture', () => {
    fc.assert(
      fc.property(anyMixture, (mixture) => {
        const mirrored = { ...mixture, means: mixture.means.map((mean) => -mean) };
        expect(mixtureP(mirrored)).toBeCloseTo(mixtureP(mixture), 9);
      }),
    );
  });

  it('is above one less the level wherever the interval holds zero', () => {
    fc.assert(
      fc.property(anyMixture, fc.double({ min: 0.5, max: 0.99, noNaN: true }), (mixture, level) => {
        const { low, high } = mixtureInterval(mixture, level);
        fc.pre(Math.abs(low) > 1e-6 && Math.abs(high) > 1e-6);
        const isOutside = excludesZero(mixture, level);
        expect(isOutside).toBe(low > 0 || high < 0);
        expect(isOutside || mixtureP(mixture) > 1 - level - 1e-9).toBe(true);
      }),
    );
  });
});
