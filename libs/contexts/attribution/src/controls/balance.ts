import { mean, pearson } from '../numerics/moments.ts';
import { permutation, random, seedFrom } from '../numerics/random.ts';

const PERMUTATIONS = 999;

/** Share of the variance of `shares` that the groups explain: squared correlation ratio, or r² where all are numbers. */
function explained(values: readonly (string | null)[], shares: readonly number[]): number {
  const numbers = values.map((value) => (value === null ? Number.NaN : Number(value)));
  if (numbers.every((value) => Number.isFinite(value))) return pearson(numbers, shares) ** 2;
  const centre = mean(shares);
  const groups = new Map<string | null, number[]>();
  for (const [index, value] of values.entries()) {
    groups.set(value, [...(groups.get(value) ?? []), shares[index]!]);
  }
  const total = shares.reduce((sum, share) => sum + (share - centre) ** 2, 0);
  const between = [...groups.values()].reduce((sum, of) => sum + of.length * (mean(of) - centre) ** 2, 0);
  return between / total;
}

/** Correlation of a covariate with the share, from 0 to 1; 0 where one of them does not vary. */
export function correlationWith(values: readonly (string | null)[], shares: readonly number[]): number {
  const part = explained(values, shares);
  return Number.isFinite(part) ? Math.sqrt(part) : 0;
}

/** How strongly a covariate goes along with the share: the correlation, from 0 to 1, and its p value. */
export type Association = { readonly correlation: number; readonly pValue: number };

/**
 * The association of a covariate with the share of the slice, with a p value by permutation of the covariate over the runs
 * (999 permutations, so no smaller than .001). `name` seeds the permutations.
 */
export function followsShare(
  name: string,
  values: readonly (string | null)[],
  shares: readonly number[],
): Association {
  const observed = explained(values, shares);
  if (!Number.isFinite(observed)) return { correlation: 0, pValue: 1 };
  const generator = random(seedFrom('balance', name));
  let asStrong = 1;
  for (let trial = 0; trial < PERMUTATIONS; trial++) {
    const order = permutation(values.length, generator);
    const shuffled = order.map((index) => values[index] ?? null);
    if (explained(shuffled, shares) >= observed - 1e-12) asStrong++;
  }
  return { correlation: Math.sqrt(observed), pValue: asStrong / (PERMUTATIONS + 1) };
}
