import type { NegativeControl } from '../effect.ts';
import { noticedFrom, tooMany } from '../statistics/binomial.ts';
import { leftOutProbabilities } from '../surfaces/left-out-mixtures.ts';
import type { ResponseSurface } from '../surfaces/response-surface.ts';

const percent = (share: number) => `${(100 * share).toFixed(0)} %`;

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
