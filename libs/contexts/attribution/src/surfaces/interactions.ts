import { benjaminiHochberg } from '../statistics/benjamini-hochberg.ts';
import { fTail } from '../numerics/incomplete-beta.ts';
import { dotProduct, hc3Variances, leastSquares } from '../numerics/least-squares.ts';
import { domainOf } from '../composition/composition.ts';
import { pairNames, scheffeTerms } from './scheffe.ts';
import type { ScheffeOrder } from './scheffe.ts';
import { twoSidedP } from '../statistics/student-t.ts';
import { clusters } from './surface.ts';
import type { Observations } from './surface.ts';
import { replicateNoise } from './surface-effect.ts';

/** A product of two domains in a quadratic Scheffé model: `synergistic` above zero, `competitive` below. */
export type Interaction = {
  readonly pair: readonly [string, string];
  readonly coefficient: number;
  readonly standardError: number;
  readonly pValue: number;
  readonly qValue: number;
  readonly verdict: 'synergistic' | 'competitive' | 'undetermined';
};

export type LackOfFit = {
  readonly f: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly pValue: number;
};

/** One row for each mixture, the mean over its seeds: what is left is independent, as HC3 asks. */
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

/** Linear in the slices, with products of whole domains: parts of a domain must not pass for an interaction. */
function interactionTerms(components: readonly string[], domains: readonly string[]) {
  const domainIndexes = components.map((leaf) => domains.indexOf(domainOf(leaf)));
  return (shares: Float64Array): Float64Array => {
    const sums = new Float64Array(domains.length);
    for (const [leaf, domain] of domainIndexes.entries()) sums[domain]! += shares[leaf]!;
    const products = scheffeTerms(sums, 'quadratic').subarray(domains.length);
    return Float64Array.from([...shares, ...products]);
  };
}

/** HC3 t tests of all products, Benjamini-Hochberg at `rate`; undefined with too few mixtures for the model. */
export function interactions(observations: Observations, rate = 0.05): Interaction[] | undefined {
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
    return { ...test, qValue, verdict: qValue > rate ? 'undetermined' : coupling(test.coefficient) };
  });
}

const coupling = (coefficient: number) => (coefficient > 0 ? 'synergistic' : 'competitive');

/** Whether mixtures stray from the model by more than their seeds do; undefined without replicate seeds. */
export function lackOfFit(observations: Observations, order: ScheffeOrder): LackOfFit | undefined {
  const design = observations.shares.map((shares) => scheffeTerms(shares, order));
  const fit = leastSquares(design, observations.values);
  const model = design.reduce(
    (sum, row, i) => sum + (observations.values[i]! - dotProduct(row, fit.coefficients)) ** 2,
    0,
  );
  const { squares, degreesOfFreedom: denominator } = replicateNoise(observations);
  const numerator = design.length - denominator - fit.coefficients.length;
  if (denominator < 1 || numerator < 1 || squares === 0) return undefined;
  const f = (model - squares) / numerator / (squares / denominator);
  return { f, numerator, denominator, pValue: fTail(f, numerator, denominator) };
}
