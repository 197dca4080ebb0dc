import fc from 'fast-check';
import { expect, it } from 'vitest';
import { benjaminiHochberg } from './benjamini-hochberg.ts';

/** The definition: the largest k with p(k) <= k rate / m; the k smallest p-values are rejected. */
function rejectedByDefinition(pValues: readonly number[], rate: number): boolean[] {
  const sorted = pValues.toSorted((left, right) => left - right);
  const passing = sorted.filter((p, index) => p <= ((index + 1) * rate) / sorted.length);
  const threshold = sorted.findLast((p, index) => p <= ((index + 1) * rate) / sorted.length) ?? -1;
  return pValues.map((p) => passing.length > 0 && p <= threshold);
}

it('rejects at every rate exactly the hypotheses that the step-up definition rejects', () => {
  const thousandths = fc.integer({ min: 0, max: 1000 }).map((value) => value / 1000);
  const rates = fc.constantFrom(0.0123, 0.0517, 0.1031, 0.2573, 0.7919);
  fc.assert(
    fc.property(fc.array(thousandths, { minLength: 1, maxLength: 40 }), rates, (pValues, rate) => {
      const rejected = benjaminiHochberg(pValues).map((q) => q <= rate);
      expect(rejected).toEqual(rejectedByDefinition(pValues, rate));
    }),
    { seed: 5, numRuns: 500 },
  );
});
