import type { NegativeControl } from '../effect.ts';
import { binomialTail } from '../statistics/binomial.ts';
import { leftOutProbabilities } from '../surfaces/left-out-mixtures.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';

/** Rate at which the control of a surface that covers as it says fails by chance. */
const FALSE_ALARM = 0.01;
/** Chance of being noticed for which the text says how little coverage would be. */
const NOTICED = 0.8;
const HALVINGS = 40;

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

/** Fewest misses among `trials` that are rarer than FALSE_ALARM at this rate of misses. */
function tooMany(trials: number, rate: number): number {
  let misses = 0;
  while (binomialTail(misses, trials, rate) > FALSE_ALARM) misses++;
  return misses;
}

/** The rate of misses from which at least `misses` of `trials` are seen with the chance NOTICED. */
function noticedFrom(misses: number, trials: number): number {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (binomialTail(misses, trials, middle) < NOTICED) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Control of what every answer of a surface rests on: each mixture is predicted from the others, and its outcome should lie
 * in the interval as often as the level says. Fails where so many misses would come by chance once in a hundred swarms.
 */
export function leftOutMixtures(surface: ResponseSurface, level: number): NegativeControl {
  const tail = (1 - level) / 2;
  const probabilities = leftOutProbabilities(surface);
  const trials = probabilities.length;
  const misses = probabilities.filter((below) => below < tail || below > 1 - tail).length;
  const fatal = tooMany(trials, 1 - level);
  const tooFew = fatal > trials;
  const noticed = tooFew ? 1 : noticedFrom(fatal, trials);
  const failed = misses >= fatal ? 'failed' : 'passed';
  const text =
    `Each of ${trials} mixtures was predicted from the others: ${trials - misses} lie in their intervals of ${percent(level)}. ` +
    `Intervals that hold in less than ${percent(1 - noticed)} would be noticed in four of five swarms.`;
  return {
    name: 'left_out_mixtures',
    outcome: tooFew ? 'cannot_tell' : failed,
    trials,
    falsePositives: misses,
    attainableLevel: null,
    planted: null,
    found: null,
    text,
  };
}
