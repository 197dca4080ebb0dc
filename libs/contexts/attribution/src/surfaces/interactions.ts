import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { fTail } from '../numerics/incomplete-beta.ts';
import { hc3Variances, leastSquares } from '../numerics/least-squares.ts';
import { mean } from '../numerics/moments.ts';
import { domainOf } from '../composition/composition.ts';
import { fitScheffe, pairNames, scheffeTerms } from './scheffe.ts';
import type { ScheffeOrder } from './scheffe.ts';
import { twoSidedP } from '../statistics/student-t.ts';
import { clusters } from './surface.ts';
import type { Observations } from './surface.ts';

/**
 * Coefficient of the product of two domains in a quadratic Scheffé model, in outcome units. `synergistic` where together they
 * make the outcome better than apart: above zero where higher is better, below zero for a loss; otherwise `competitive`.
 */
export type Interaction = {
  readonly pair: readonly [string, string];
  readonly coefficient: number;
  readonly standardError: number;
  readonly pValue: number;
  readonly qValue: number;
  readonly verdict: 'synergistic' | 'competitive' | 'inconclusive';
};

export type LackOfFit = {
  readonly f: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly pValue: number;
};

/** One row for each mixture, the mean over its seeds: HC3 needs independent rows. */
function mixtureMeans(observations: Observations) {
  const { names, of } = clusters(observations);
  return names.map((_, cluster) => {
    const rows = [...of.keys()].filter((row) => of[row] === cluster);
    return {
      shares: observations.shares[rows[0]!]!,
      value: rows.reduce((sum, row) => sum + observations.values[row]!, 0) / rows.length,
    };
  });
}

/** Terms linear in the slices, with products of whole domains: parts of one domain must not count as an interaction. */
function interactionTerms(components: readonly string[], domains: readonly string[]) {
  const domainIndexes = components.map((leaf) => domains.indexOf(domainOf(leaf)));
  return (shares: Float64Array): Float64Array => {
    const sums = new Float64Array(domains.length);
    for (const [leaf, domain] of domainIndexes.entries()) sums[domain]! += shares[leaf]!;
    const products = scheffeTerms(sums, 'quadratic').subarray(domains.length);
    return Float64Array.from([...shares, ...products]);
  };
}

/**
 * Pairwise interactions of domains: t tests of the products in a quadratic Scheffé (1958) model with HC3 errors
 * (MacKinnon and White 1985), corrected by Benjamini and Hochberg (1995) at `rate`. `higherIsBetter` is the direction of the outcome. Undefined with fewer distinct mixtures
 * than terms plus two.
 */
export function interactions(
  observations: Observations,
  { higherIsBetter, rate = 0.05 }: { readonly higherIsBetter: boolean; readonly rate?: number },
): Interaction[] | undefined {
  const means = mixtureMeans(observations);
  const domains = [...new Set(observations.components.map(domainOf))].toSorted();
  const termsOf = interactionTerms(observations.components, domains);
  const design = means.map(({ shares }) => termsOf(shares));
  const values = means.map(({ value }) => value);
  const components = observations.components.length;
  const terms = design[0]?.length ?? 0;
  if (design.length < terms + 2) return undefined;
  const fit = leastSquares(design, values);
  const errors = hc3Variances(design, values, fit).map(Math.sqrt);
  const tests = pairNames(domains).map((pair, index) => {
    const coefficient = fit.coefficients[components + index]!;
    const standardError = errors[components + index]!;
    return {
      pair,
      coefficient,
      standardError,
      pValue: twoSidedP(coefficient / standardError, design.length - terms),
    };
  });
  const qValues = benjaminiHochberg(tests.map(({ pValue }) => pValue));
  return tests.map((test, index) => {
    const qValue = qValues[index]!;
    return {
      ...test,
      qValue,
      verdict: qValue > rate ? 'inconclusive' : coupling(test.coefficient, higherIsBetter),
    };
  });
}

const coupling = (coefficient: number, higherIsBetter: boolean) =>
  coefficient > 0 === higherIsBetter ? 'synergistic' : 'competitive';

/**
 * F test for lack of fit of a Scheffé polynomial against the variance between seeds of one mixture (Scheffé 1958; pure
 * error as in Draper and Smith 1998, section 2.1). Undefined without replicated mixtures.
 */
export function lackOfFit(observations: Observations, order: ScheffeOrder): LackOfFit | undefined {
  const fit = fitScheffe(observations, order);
  const { squares, degreesOfFreedom: denominator } = replicateNoise(observations);
  const numerator = observations.values.length - denominator - fit.coefficients.length;
  if (denominator < 1 || numerator < 1 || squares === 0) return undefined;
  const f = (fit.squares - squares) / numerator / (squares / denominator);
  return { f, numerator, denominator, pValue: fTail(f, numerator, denominator) };
}

/** Sum of squares between seeds of the same mixture and its degrees of freedom; zero degrees without replicates. */
function replicateNoise(observations: Observations) {
  const { names, of } = clusters(observations);
  let squares = 0;
  for (const cluster of names.keys()) {
    const values = observations.values.filter((_, row) => of[row] === cluster);
    const centre = mean(values);
    squares += values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  }
  return { squares, degreesOfFreedom: of.length - names.length };
}
