import { requireNumbers } from '../numerics/require-finite.ts';

/** What stands before a request in a family: its hypotheses, and how many of them count as found. */
export type Before = { readonly tests: number; readonly found: number };

/** How fast later hypotheses get less of the rate, and the sum of j^-1.6 over all j (Riemann's zeta of 1.6). */
const EXPONENT = 1.6;
const SUM = 2.2857656656800827;

/** The part of the rate that the j-th hypothesis of a family has, j from 1. All parts sum to one. */
export const partOfRate = (index: number): number => index ** -EXPONENT / SUM;

/** The mean part of the rate of so many hypotheses after those before them. */
function meanPart({ tests }: Before, count: number, partOf: (index: number) => number): number {
  let sum = 0;
  for (let index = tests + count; index > tests; index--) sum += partOf(index);
  return sum / count;
}

type RequestTested = {
  /** The smallest rate at which each hypothesis is found, in the order of the p values. */
  readonly qValues: readonly number[];
  /** The p value up to which hypotheses of the request are found at a rate. */
  readonly levelAt: (rate: number) => number;
};

/**
 * Tests the hypotheses of one request, given what was tested before: LOND (Javanmard and Montanari 2015, arXiv 1502.06197: the
 * j-th is found where p <= rate gamma_j (D + 1), with D found before it), for requests of several hypotheses. Each of them has
 * the mean gamma of their parts, and k of them are found where k p values are at most rate gamma (D + k), with the largest such
 * k: inside the request that is the step-up rule of Benjamini and Hochberg (1995), and with one hypothesis it is LOND.
 *
 * What is found has p <= rate gamma R with R no more than is found in all, R falls where a p value rises, and the parts sum to
 * one. So the rate of wrong ones among all that is found is at most `rate` where the p values are independent or depend
 * positively on each other (PRDS; Blanchard and Roquain 2008, proposition 2.7 and section 3). Throws Fault `not_finite` for
 * NaN.
 */
export function lond(
  pValues: readonly number[],
  before: Before,
  partOf: (index: number) => number = partOfRate,
): RequestTested {
  requireNumbers('q values', pValues);
  requireNumbers('q values after tests and finds', [before.tests, before.found]);
  const part = meanPart(before, pValues.length, partOf);
  const descending = pValues.map((_, index) => index).toSorted((a, b) => pValues[b]! - pValues[a]! || b - a);
  const qValues = pValues.map(() => 1);
  let smallest = 1;
  for (const [rank, index] of descending.entries()) {
    const found = pValues.length - rank;
    smallest = Math.min(smallest, pValues[index]! / (part * (before.found + found)));
    qValues[index] = smallest;
  }
  const levelAt = (rate: number): number => {
    const found = qValues.filter((qValue) => qValue <= rate).length;
    return rate * part * (before.found + Math.max(1, found));
  };
  return { qValues, levelAt };
}
