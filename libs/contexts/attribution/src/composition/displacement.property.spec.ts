import fc from 'fast-check';
import { expect, it } from 'vitest';
import { close, shareOf } from './composition.ts';
import { direction, displace } from './displacement.ts';
import type { FixedBudgetRule } from './displacement.ts';

const leaves = ['books', 'code', 'math/plain', 'math/scaffold', 'math/proof', 'web'];
const mixture = fc
  .array(fc.integer({ min: 0, max: 1000 }), { minLength: leaves.length, maxLength: leaves.length })
  .filter((weights) => weights[5]! > 0 && weights[3]! > 0)
  .map((weights) => close(Object.fromEntries(leaves.map((leaf, index) => [leaf, weights[index]!]))));
const asked = fc.constantFrom<[string, FixedBudgetRule]>(
  ['code', { rule: 'proportional' }],
  ['math', { rule: 'proportional' }],
  ['math', { rule: 'swap', into: 'code' }],
  ['math/scaffold', { rule: 'swap', into: 'math/plain' }],
  ['math/scaffold', { rule: 'within', domain: 'math' }],
);

it('leaves a displaced mixture on the simplex without the slice', () => {
  fc.assert(
    fc.property(mixture, asked, (before, [slice, rule]) => {
      const after = displace(before, slice, rule)!;
      expect(Object.values(after).every((share) => share >= 0)).toBe(true);
      expect(Object.values(after).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
      expect(shareOf(after, slice)).toBe(0);
    }),
    { seed: 3 },
  );
});

it('sums to zero along a direction, with one unit for the slice', () => {
  fc.assert(
    fc.property(mixture, asked, (before, [slice, rule]) => {
      const along = direction(before, slice, rule)!;
      expect(Object.values(along).reduce((sum, share) => sum + share, 0)).toBeCloseTo(0, 10);
      expect(shareOf(along, slice)).toBeCloseTo(1, 10);
    }),
    { seed: 4 },
  );
});
