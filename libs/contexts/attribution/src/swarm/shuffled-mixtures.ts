import type { NegativeControl } from '../effect.ts';
import type { Random } from '../numerics/random.ts';
import { noticedFrom, tooMany } from '../statistics/binomial.ts';
import { excludesZero, mixtureMean, standardDeviation } from '../statistics/mixture-of-t.ts';
import type { MixtureOfT } from '../statistics/mixture-of-t.ts';
import { differenceOf, fitSurface } from '../surfaces/response-surface.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';
import { spreadOut } from '../surfaces/spread-out-runs.ts';
import { shuffledOutcomes } from '../surfaces/surface-effect.ts';
import type { Contrast, Estimated } from '../surfaces/surface-effect.ts';
import type { Observations } from '../surfaces/surface.ts';

/** Most runs that are shuffled: all fits of shuffles together must not cost more than half a second. */
const MOST_RUNS = 60;
/** The fewest whose p reaches .05. */
const SHUFFLES = 19;

/** Surfaces of outcomes that were dealt anew among the mixtures, each fitted as the actual one; all questions share them. */
export type ShuffledSurfaces = { readonly surfaces: readonly ResponseSurface[]; readonly runs: number };

/** Fits 19 shuffles of at most 60 runs: those that `spreadOut` keeps. */
export function shuffledSurfaces(observations: Observations, generator: Random): ShuffledSurfaces {
  const part = spreadOut(observations, MOST_RUNS);
  const runs = part.values.length;
  const surfaces = Array.from({ length: SHUFFLES }, () =>
    fitSurface(part, generator, shuffledOutcomes(part, generator)),
  );
  return { surfaces: surfaces.flatMap((surface) => surface ?? []), runs };
}

const size = (mixture: MixtureOfT) => Math.abs(mixtureMean(mixture)) / standardDeviation(mixture);

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

const NAME = 'shuffled_mixture_labels';

/**
 * Placebo test over many shuffles, in which mixtures have no effect. It fails where the surface finds one in so many that
 * chance gives them once in a hundred swarms; or where it finds the actual effect, and more shuffles than the level allows
 * show one as large, in its own standard errors (a permutation test with random relabellings, whose p is no less than one
 * divided by their number).
 */
export function shuffledMixtureLabels(
  { surfaces, runs }: ShuffledSurfaces,
  { more, less }: Contrast,
  { value, standardError, interval }: Estimated,
  fitted: number,
): NegativeControl {
  const base = { name: NAME, planted: null, found: null };
  const trials = surfaces.length;
  if (trials === 0) {
    const text = 'The shuffled outcomes have no surface.';
    return { ...base, outcome: 'not_run', trials, falsePositives: 0, attainableLevel: null, text };
  }
  const effects = surfaces.map((surface) => differenceOf(surface, more, less));
  const falsePositives = effects.filter((effect) => excludesZero(effect, interval.level)).length;
  const asLarge = effects.filter((effect) => size(effect) >= Math.abs(value) / standardError).length;
  const rate = 1 - interval.level;
  const [pValue, attainableLevel] = [(asLarge + 1) / (trials + 1), 1 / (trials + 1)];
  const fatal = tooMany(trials, rate);
  const isFound = interval.low > 0 || interval.high < 0;
  const isContradicted = isFound && asLarge / (trials + 1) > rate + ROUNDING;
  const decided = isFound && pValue > rate + ROUNDING ? 'cannot_tell' : 'passed';
  const part = runs < fitted ? ` of ${runs} of the runs` : '';
  const text =
    `In ${falsePositives} of ${trials} shuffles of the outcomes among the mixtures${part} the surface finds an effect; ` +
    `from ${fatal} on the control fails, and a surface that finds one in ${percent(noticedFrom(fatal, trials))} would be ` +
    `noticed in four of five swarms. ${asLarge} show as large an effect as the actual order, p = ${pValue.toPrecision(2)}; ` +
    `the smallest p that this control can reach is ${percent(attainableLevel)}.`;
  const outcome = falsePositives >= fatal || isContradicted ? 'failed' : decided;
  return { ...base, outcome, trials, falsePositives, attainableLevel, text };
}

/** Difference of two shares that is rounding. */
const ROUNDING = 1e-9;
