import { requireNumbers } from '../numerics/require-finite.ts';

/**
 * q values in the order of the p values: q(i) = min over j >= i of m p(j) / j (Benjamini and Hochberg 1995, procedure (1)). Throws Fault
 * `not_finite` for NaN.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  requireNumbers('q values', pValues);
  const count = pValues.length;
  const descending = pValues.map((_, index) => index).toSorted((a, b) => pValues[b]! - pValues[a]! || b - a);
  const qValues = pValues.map(() => 1);
  let smallest = 1;
  for (const [rank, index] of descending.entries()) {
    smallest = Math.min(smallest, (pValues[index]! * count) / (count - rank));
    qValues[index] = smallest;
  }
  return qValues;
}
