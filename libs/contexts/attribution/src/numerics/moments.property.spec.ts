import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSpread, norm } from './moments.ts';

it('is the length that Math.hypot gives', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 40 }), (values) => {
      expect(norm(Float64Array.from(values))).toBe(Math.hypot(...values));
    }),
    { numRuns: 2_000 },
  );
});

it('takes a vector of any length, and one that is not finite', () => {
  expect(norm(new Float64Array(400_000).fill(1))).toBeCloseTo(Math.sqrt(400_000), 9);
  expect(norm(Float64Array.of(1, -Infinity))).toBe(Infinity);
  expect(norm(Float64Array.of(1, Number.NaN))).toBeNaN();
});

it('sees no spread in copies of one number, whatever its size, although their mean may lie beside it', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(value, fc.integer({ min: 0, max: 60 }), (one, count) => {
      expect(isSpread(new Float64Array(count).fill(one))).toBe(false);
    }),
  );
  const apart = fc.double({ min: 1e-6, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 1e-100, max: 1e100, noNaN: true }), apart, (one, gap) => {
      expect(isSpread([one, one * (1 + gap)])).toBe(true);
    }),
  );
});
