import type { AttributionQuery } from '../generated/documents.ts';

type Attribution = Extract<AttributionQuery['attribution'], { readonly __typename: 'Attribution' }>;

/** What an effect is adjusted for: a rate that counts, and a name of machines that does not. */
export const ADJUSTMENT: NonNullable<Attribution['effects'][number]['adjustment']> = {
  unadjusted: { effect: 2, interval: { low: 0, high: 1, level: 0.95, method: 'hc3_t' } },
  covariates: [
    { field: 'node', countedAs: 'none', values: 10, recorded: 10, correlation: 0 },
    { field: 'rate', countedAs: 'logarithm', values: 9, recorded: 10, correlation: 0.25 },
  ],
  terms: 4,
  remainingVariance: 0.5,
  effectiveRuns: 7.5,
  robustness: { value: 0.3, ofInterval: 0 },
};
