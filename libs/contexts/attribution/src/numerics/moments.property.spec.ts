import fc from 'fast-check';
import { expect, it } from 'vitest';
import { norm } from './moments.ts';

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
