import { seedRank } from '../controls/assignment.ts';
import type { Arm, Experiment } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';
import type { Swarm } from '../swarm/swarm.ts';
import { newArmName, newSeeds } from './planned-runs.ts';
import type { PlannedArm, PlannedAssignment, Seed } from './planned-runs.ts';
import type { Candidate } from './swarm-candidates.ts';

/** Candidates with the number of their runs, in the order of the first run of each. */
export type ChosenCandidate = {
  readonly candidate: Candidate;
  readonly runs: number;
  readonly reason: string;
};

const METHOD =
  'the new seeds, in order of the SHA-256 of this seed, a line feed and the seed of the run, are dealt to the planned runs in order of the names of their arms';

/** The randomisation that a plan proposes: which new seed runs which mixture. */
export const randomisationOf = (seed: number) => ({ method: METHOD, seed: String(seed) });

/** The chosen candidates as arms of the swarm, with new seeds that are dealt to them by rank. */
export function swarmArms(
  experiment: Experiment,
  { runs, arms }: Swarm,
  chosen: readonly ChosenCandidate[],
  randomisation: { readonly method: string; readonly seed: string },
): PlannedArm[] {
  const names = { ...experiment, arms: [...experiment.arms] };
  const named = chosen.map(({ candidate, ...rest }) => {
    const arm = candidate.arm ?? newArm(names, arms[0]!, randomisation);
    if (!candidate.arm) names.arms.push(arm);
    return { ...rest, candidate, arm };
  });
  const newSeed = newSeeds(experiment);
  const total = chosen.reduce((sum, one) => sum + one.runs, 0);
  const seeds = Array.from({ length: total }, newSeed)
    .map((seed) => ({ seed, rank: seedRank(randomisation.seed, seed) }))
    .toSorted((left, right) => Number(left.rank > right.rank) - Number(left.rank < right.rank))
    .map(({ seed }) => seed);
  const seedsOf = new Map<string, Seed[]>();
  for (const { arm, runs: count } of named.toSorted(
    (a, b) => Number(a.arm.arm > b.arm.arm) - Number(a.arm.arm < b.arm.arm),
  ))
    seedsOf.set(arm.arm, seeds.splice(0, count));
  return named.map(({ arm, candidate, reason }) => ({
    arm,
    isNew: candidate.arm === undefined,
    shares: candidate.shares,
    amountPerRun: Math.round(mean(runs.map((run) => run.total))),
    template: runs[0]!,
    seeds: seedsOf.get(arm.arm) ?? [],
    purpose: candidate.isRun ? 'replicate' : 'fill',
    reason,
  }));
}

function newArm(
  experiment: Experiment,
  { heldEqual }: Arm,
  randomisation: { readonly method: string; readonly seed: string },
): Arm {
  const name = newArmName(experiment, 'fill');
  return {
    arm: name,
    mixtureId: `${experiment.name}-${name}`,
    design: 'swarm',
    assignment: 'randomised',
    randomisationSeed: randomisation.seed,
    randomisationMethod: randomisation.method,
    control: false,
    role: 'train',
    heldEqual,
  };
}

/** The new arms of a plan as they have to be assigned before their runs start; null without any. */
export function swarmAssignment(
  planned: readonly PlannedArm[],
  randomisation: { readonly method: string; readonly seed: string },
): PlannedAssignment | null {
  const arms = planned.filter(({ isNew }) => isNew);
  if (arms.length === 0) return null;
  return {
    design: 'swarm',
    assignment: 'randomised',
    randomisation,
    arms: arms.map(({ arm }) => ({ arm: arm.arm, mixture: arm.mixtureId, displacement: null })),
  };
}
