import { createHash } from 'node:crypto';
import { isRandomised } from '../experiment.ts';
import type { Arm, Experiment, ScoredRun } from '../experiment.ts';
import type { Identification } from '../effect.ts';
import type { Finding } from './records.ts';
import { allOf } from './differences.ts';
import type { Sides } from './differences.ts';

/**
 * The method of a randomisation that can be computed again: the seeds of the runs, in order of
 * sha256(seed of the randomisation, a line feed, seed of the run), are dealt in turn to the arms in order of their names.
 */
export const SHA256_RANK = 'sha256-rank';

/** The digest by which `SHA256_RANK` orders the seeds of runs. */
export const seedRank = (randomisation: Arm['randomisationSeed'], seed: ScoredRun['seed']): string =>
  createHash('sha256').update(`${randomisation}\n${seed}`).digest('hex');

export type AssignmentCheck = { readonly base: Identification; readonly findings: readonly Finding[] };

const controlled = (code: string, text: string): AssignmentCheck => ({
  base: 'controlled_ablation',
  findings: [{ warning: { code, text }, cap: 'controlled_ablation' }],
});

/**
 * What the assignment of runs to two arms supports. A stated randomisation counts where runs have seeds of their own and,
 * with the method `SHA256_RANK`, where the recorded seed gives the recorded assignment. A seed that both arms ran makes
 * blocks: runs were not assigned to arms by chance, whatever is stated.
 */
export function checkedAssignment(
  experiment: Experiment,
  arms: readonly Arm[],
  sides: Sides<ScoredRun>,
): AssignmentCheck {
  const stated = arms.some(({ assignment }) => assignment === 'randomised');
  if (!stated) return { base: 'controlled_ablation', findings: [] };
  if (!arms.every(isRandomised)) {
    return controlled('randomisation_not_recorded', 'Not every arm records the seed of its randomisation.');
  }
  const runs = allOf(sides);
  if (runs.some(({ seed }) => seed === undefined)) {
    return controlled(
      'seeds_not_recorded',
      'Runs without a recorded seed: their assignment cannot be checked.',
    );
  }
  const low = new Set(sides.less.map(({ seed }) => seed));
  const shared = [...new Set(sides.more.map(({ seed }) => seed))].filter((seed) => low.has(seed));
  if (shared.length > 0) {
    const text =
      `Both arms ran the seeds ${shared.join(', ')}. That is a design in blocks: it assigns no run to an arm by ` +
      'chance, and the stated randomisation does not change this.';
    return controlled('blocked_design', text);
  }
  if (
    arms.some(({ randomisationMethod }) => randomisationMethod === SHA256_RANK) &&
    !isReproduced(experiment, arms)
  ) {
    const text = `The recorded seed and the method ${SHA256_RANK} give another assignment than the recorded one.`;
    return controlled('assignment_not_reproduced', text);
  }
  return { base: 'randomised', findings: [] };
}

/** Whether the seeds of all runs of the design, dealt again, fall to the arms that ran them. */
function isReproduced(experiment: Experiment, [first]: readonly Arm[]): boolean {
  const arms = experiment.arms
    .filter(({ design, role }) => design === first?.design && role === 'train')
    .map(({ arm }) => arm)
    .toSorted();
  const runs = experiment.runs
    .filter(({ arm }) => arms.includes(arm))
    .map(({ arm, seed }) => ({ arm, rank: seedRank(first?.randomisationSeed, seed) }))
    .toSorted((left, right) => Number(left.rank > right.rank) - Number(left.rank < right.rank));
  return runs.every(({ arm }, index) => arm === arms[index % arms.length]);
}
