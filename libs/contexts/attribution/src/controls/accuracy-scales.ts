import { largest, smallest } from '@tributary/kernel';
import type { ScoredRun } from '../experiment.ts';
import { briefly } from './briefly.ts';
import type { Finding } from './records.ts';

/** Factor between accuracies above and below one from which the former look like percent of the same scale. */
const PERCENT_FROM = 20;

/**
 * Accuracies of which some look like parts of one and the others like percent. It is no proof, since percent below one are
 * the mark of a slice without which nothing is solved; zeros look like both.
 */
export function scaleFindings(runs: readonly ScoredRun[], capability: string): Finding[] {
  if (runs.some(({ score }) => score.unit !== 'accuracy')) return [];
  const parts = runs.filter(({ score }) => score.value > 0 && score.value <= 1);
  const percent = runs.filter(({ score }) => score.value > 1);
  if (parts.length === 0 || percent.length === 0) return [];
  const valuesOf = (of: readonly ScoredRun[]) => of.map(({ score }) => score.value);
  const [most, least] = [largest(valuesOf(parts)), smallest(valuesOf(percent))];
  if (least < PERCENT_FROM * most) return [];
  const text =
    `Accuracies of ${capability} reach ${most} in some runs and are ${least} or more in all others, so some may be parts of one ` +
    `and others percent: ${briefly(parts.map(({ runId, score }) => `${runId} ${score.value}`).toSorted())}. ` +
    'Correct those that are on the other scale.';
  return [{ warning: { code: 'accuracies_on_two_scales', text }, cap: 'associational' }];
}
