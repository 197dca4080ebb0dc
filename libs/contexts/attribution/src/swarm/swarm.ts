import { groupBy, valueIn } from '@tributary/kernel';
import { sharesIn } from '../composition/composition.ts';
import { armsOf, scoredRuns } from '../experiment.ts';
import type { Arm, Experiment, ScoredRun } from '../experiment.ts';
import { differInFacts } from '../observational/covariates.ts';
import type { Observations } from '../surfaces/surface.ts';

export type Swarm = {
  readonly arms: readonly Arm[];
  readonly runs: readonly ScoredRun[];
  readonly observations: Observations;
};

/**
 * Scored training runs of the swarm, or of the observational design where there is no swarm: what a surface is fitted to.
 * Undefined without any, and where they differ in more than their mixtures, for which a surface cannot adjust.
 */
export function swarmOf(experiment: Experiment, capability: string): Swarm | undefined {
  const swarm = trainingRuns(experiment, capability);
  return swarm && isUnlike(swarm) ? undefined : swarm;
}

/** Scored training runs that nobody assigned and that differ in recorded facts besides their mixtures; undefined without. */
export function unlikeRuns(experiment: Experiment, capability: string): Swarm | undefined {
  const swarm = trainingRuns(experiment, capability);
  return swarm && isUnlike(swarm) ? swarm : undefined;
}

const isUnlike = ({ arms, runs }: Swarm) =>
  arms.every(({ design }) => design === 'observational') && differInFacts(runs);

function trainingRuns(experiment: Experiment, capability: string): Swarm | undefined {
  const swarm = armsOf(experiment, 'swarm');
  const arms = (swarm.length > 0 ? swarm : armsOf(experiment, 'observational')).filter(
    (arm) => arm.role === 'train',
  );
  /* Of each arm its own runs: an arm for each of thousands of runs must not look at all of them. */
  const runsOf = groupBy(experiment.runs, ({ arm }) => arm);
  const runs = arms.flatMap((arm) => scoredRuns(experiment, arm, capability, runsOf.get(arm.arm) ?? []));
  if (runs.length === 0) return undefined;
  return { arms, runs, observations: observe(runs) };
}

/** Slices that no mixture holds are left out: their effect cannot be estimated. */
function observe(runs: readonly ScoredRun[]): Observations {
  const compositions = runs.map(({ shares }) => shares);
  const leaves = [...new Set(compositions.flatMap((composition) => Object.keys(composition)))].toSorted();
  const components = leaves.filter((leaf) =>
    compositions.some((composition) => (valueIn(composition, leaf) ?? 0) > 0),
  );
  return {
    components,
    mixtures: runs.map((run) => run.mixtureId),
    shares: compositions.map((composition) => sharesIn(components, composition)),
    values: Float64Array.from(runs, (run) => run.score.value),
  };
}
