import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apportioned } from './apportion.ts';

const weights = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })), {
  minLength: 1,
  maxLength: 30,
});
const tokens = fc.oneof(fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: 2n ** 53n }));

it('gives whole parts that add up to the tokens, and nothing to a weight of 0', () => {
  fc.assert(
    fc.property(tokens, weights, (all, given) => {
      const parts = apportioned(all, given);
      expect(parts === undefined).toBe(given.every((weight) => weight === 0));
      if (!parts) return;
      expect(parts.reduce((sum, part) => sum + part, 0n)).toBe(all);
      expect(parts.every((part, at) => part >= 0n && (part === 0n || (given[at] ?? 0) > 0))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('takes no token from a part when there are more', () => {
  fc.assert(
    fc.property(tokens, fc.bigInt({ min: 1n, max: 10n ** 6n }), weights, (all, more, given) => {
      const before = apportioned(all, given) ?? [];
      const after = apportioned(all + more, given) ?? [];
      expect(after.every((part, at) => part >= (before[at] ?? 0n))).toBe(true);
    }),
    { numRuns: 300 },
  );
});

it('is exact where the quotas are whole', () => {
  expect(apportioned(1000n, [0.5, 0.25, 0.25])).toEqual([500n, 250n, 250n]);
  expect(apportioned(1n, [1, 1, 1])).toEqual([1n, 0n, 0n]);
});
