import type { CountedAs } from './covariates.ts';
import type { Interval } from '../statistics/welch.ts';

/** What an observational effect is adjusted for, and how far. */
export type Adjustment = {
  /** The same contrast without the covariates, in the unit of the outcome. */
  readonly unadjusted: { readonly effect: number; readonly interval: Interval };
  readonly covariates: readonly AdjustedCovariate[];
  /** Columns of the regression that remain after those that others span, the shares and the constant among them. */
  readonly terms: number;
  /** Part of the variance of the share, with the other shares held, that no covariate explains: what the effect rests on. */
  readonly remainingVariance: number;
  /** Runs of equal weight that would carry as much: (Σ w²)² / Σ w⁴. */
  readonly effectiveRuns: number;
  /** Parts of what is left of both variances that an unrecorded confounder would have to explain. */
  readonly robustness: { readonly value: number; readonly ofInterval: number };
};

export type AdjustedCovariate = {
  readonly field: string;
  readonly countedAs: CountedAs;
  /** Distinct values. */
  readonly values: number;
  /** Runs that record it. */
  readonly recorded: number;
  /** Multiple correlation with the share of the slice, from 0 to 1. */
  readonly correlation: number;
};
