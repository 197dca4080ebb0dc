import { checkedAssignment, seedRank, SHA256_RANK } from '../controls/assignment.ts';
import type { ArmPair } from '../ablation/arm-pair.ts';
import type { Experiment } from '../experiment.ts';
import type { Launch } from './ablation-launches.ts';
import type { Seed } from './planned-runs.ts';

/**
 * Further runs of a randomised pair that leave its randomisation reproducible: new seeds whose rank comes after those of
 * all recorded runs, in order of their rank, dealt on in turn (`SHA256_RANK`). Any first part of them is valid. Undefined
 * where the assignment is not reproduced, or deals to other arms too.
 */
export function dealtLaunches(
  experiment: Experiment,
  { more, less }: ArmPair,
  limit: number,
  newSeed: () => Seed,
): Launch[] | undefined {
  const { design, randomisationSeed, randomisationMethod } = more.arm;
  const names = experiment.arms
    .filter((arm) => arm.design === design && arm.role === 'train')
    .map(({ arm }) => arm)
    .toSorted();
  const { base } = checkedAssignment(experiment, [more.arm, less.arm], { more: more.runs, less: less.runs });
  if (base !== 'randomised' || randomisationMethod !== SHA256_RANK || names.length !== 2) return undefined;
  const recorded = experiment.runs.filter(({ arm }) => names.includes(arm));
  const rank = (seed: Seed | undefined) => seedRank(randomisationSeed, seed);
  const last = recorded.map(({ seed }) => rank(seed)).reduce((most, one) => (one > most ? one : most), '');
  const later: { readonly seed: Seed; readonly rank: string }[] = [];
  while (later.length < limit) {
    const seed = newSeed();
    if (rank(seed) > last) later.push({ seed, rank: rank(seed) });
  }
  return later
    .toSorted((left, right) => Number(left.rank > right.rank) - Number(left.rank < right.rank))
    .map(({ seed }, index) => ({
      side: names[(recorded.length + index) % names.length] === more.arm.arm ? 'more' : 'less',
      seed,
    }));
}
