import { incompleteBeta } from '../numerics/incomplete-beta.ts';
import { requireFinite } from '../numerics/require-finite.ts';

/** P(X ≥ least) of a binomial X with `trials` trials (DLMF 8.17.5). */
export function binomialTail(least: number, trials: number, probability: number): number {
  if (least <= 0) return 1;
  return least > trials ? 0 : incompleteBeta(probability, least, trials - least + 1);
}

/** Rate at which a control of what is as it says fails by chance. */
const FALSE_ALARM = 0.01;
/** Chance of being noticed that controls speak of. */
const NOTICED = 0.8;
const HALVINGS = 40;

/** Fewest misses among `trials` that are rarer than FALSE_ALARM at this rate of misses. */
export function tooMany(trials: number, rate: number): number {
  requireFinite('a number of misses', [trials, rate]);
  let misses = 0;
  while (binomialTail(misses, trials, rate) > FALSE_ALARM) misses++;
  return misses;
}

/** The rate of misses from which at least `misses` of `trials` are seen with the chance NOTICED. */
export function noticedFrom(misses: number, trials: number): number {
  requireFinite('a rate of misses', [misses, trials]);
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (binomialTail(misses, trials, middle) < NOTICED) low = middle;
    else high = middle;
  }
  return high;
}
