import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ONE } from './amount.ts';
import { divided } from './divided.ts';

const weights = fc.array(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 20 });

it('divides tokens by any weights into whole tokens that add up to them', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), weights, (tokens, given) => {
      const parts = divided(tokens * ONE, given, 'token');
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(tokens * ONE);
      expect(parts.every((part) => part >= 0n && part % ONE === 0n)).toBe(true);
    }),
    { numRuns: 300 },
  );
});
