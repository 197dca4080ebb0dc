import type { Experiment, Run } from '../experiment.ts';
import type { FoundExperiment } from './discovery.ts';

/**
 * The found experiment with those of `runs` that belong to it, each in its arm. A slice that only others of them consumed
 * has the share zero, so that swaps into it are defined.
 */
export function asExperiment(
  { name, arms, armOf, slices, why }: FoundExperiment,
  runs: readonly Run[],
  others: Pick<Experiment, 'proxy' | 'scoreWarnings'> = {},
): Experiment {
  const none = Object.fromEntries(slices.map((slice) => [slice, 0]));
  const members = runs.flatMap((run) => {
    const arm = armOf.get(run.runId);
    return arm === undefined ? [] : [{ ...run, arm, mixtureId: arm, shares: { ...none, ...run.shares } }];
  });
  const leftOut = why.leftOut.map(({ text }) => text);
  return { name, origin: 'found', leftOut, arms, runs: members, ...others };
}
