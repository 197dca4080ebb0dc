import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isExactNumber } from './exact-number.ts';

it('accepts every literal that a program prints for a double', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(isExactNumber(JSON.stringify(number))).toBe(true);
      expect(isExactNumber(number.toExponential())).toBe(true);
    }),
    { seed: 7, numRuns: 5000 },
  );
});

it('refuses every integer beyond 2^53 that would print differently', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n }), (integer) => {
      expect(isExactNumber(String(integer))).toBe(JSON.stringify(Number(integer)) === String(integer));
    }),
    { seed: 7, numRuns: 5000 },
  );
});
