import { incompleteBeta } from '../numerics/incomplete-beta.ts';

/** P(X ≥ least) of a binomial X with `trials` trials (DLMF 8.17.5). */
export function binomialTail(least: number, trials: number, probability: number): number {
  if (least <= 0) return 1;
  return least > trials ? 0 : incompleteBeta(probability, least, trials - least + 1);
}
