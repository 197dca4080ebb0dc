import { mixtureInterval, mixtureMean, standardDeviation } from '../statistics/mixture-of-t.ts';
import type { MixtureOfT } from '../statistics/mixture-of-t.ts';
import type { Interval } from '../statistics/welch.ts';
import { leftOutScores } from './left-out-mixtures.ts';
import type { ResponseSurface } from './response-surface.ts';

/**
 * How many standard deviations a prediction of a new run must reach to hold it at `level`: the smallest reach that holds the
 * runs of `level` (m + 1) of m mixtures, each predicted from the others, where the runs of one mixture count as one together
 * (jackknife with normalised residuals: Barber, Candès, Ramdas and Tibshirani 2021, Lei et al. 2018). Undefined where so few
 * mixtures were run that no reach does, fewer than 19 at 95 %, or where none is long enough, because all but one score alike.
 */
export function leftOutReach(surface: ResponseSurface, level: number): number | undefined {
  const mixtures = leftOutScores(surface).filter((scores) => scores.length > 0);
  const scores = mixtures
    .flatMap((of) => of.map((score) => ({ score, weight: 1 / of.length })))
    .toSorted((left, right) => left.score - right.score);
  const wanted = level * (mixtures.length + 1) - ROUNDING;
  let held = 0;
  for (const { score, weight } of scores) {
    held += weight;
    if (held >= wanted) return Number.isFinite(score) ? score : undefined;
  }
  return undefined;
}

/** What adding up parts of mixtures may lose. */
const ROUNDING = 1e-9;

/** Interval of a new run: as far from its mean as left-out mixtures need, else the quantiles of the posterior. */
export function newRunInterval(outcome: MixtureOfT, reach: number | undefined, level: number): Interval {
  if (reach === undefined) return mixtureInterval(outcome, level);
  const mean = mixtureMean(outcome);
  const half = reach * standardDeviation(outcome);
  return { low: mean - half, high: mean + half, level, method: 'left_out_mixtures' };
}
