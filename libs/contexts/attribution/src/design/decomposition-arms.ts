import { realisedArms } from '../ablation/ablation.ts';
import { findPair } from '../ablation/arm-pair.ts';
import type { ValidQuestion } from '../attribute.ts';
import { findReceivers, neededArm } from '../decomposition/receivers.ts';
import type { Experiment } from '../experiment.ts';
import { launched, newArmName } from './planned-runs.ts';
import type { PlannedArm, PlannedRuns } from './planned-runs.ts';

/** The arms that would split a proportional effect into its parts, once the planned runs make the contrast. */
export function decompositionArms(
  experiment: Experiment,
  { capability, slice, rule }: ValidQuestion,
  planned: readonly PlannedArm[],
): PlannedRuns[] {
  if (rule.rule !== 'proportional') return [];
  const recorded = realisedArms(experiment, capability);
  const isRecorded = findPair(recorded, slice, rule) !== undefined;
  const arms = isRecorded ? recorded : realisedArms(launched(experiment, planned), capability);
  const pair = findPair(arms, slice, rule);
  if (!pair) return [];
  return findReceivers(pair, arms, slice)
    .filter(({ arm }) => arm === undefined)
    .map(({ receiver }) => {
      const { shares, runs, seeds } = neededArm(pair, slice, receiver);
      const arm = newArmName(experiment, `${slice}_to_${receiver}`);
      return {
        purpose: 'decompose',
        arm,
        mixture: `${experiment.name}-${arm}`,
        shares,
        runs,
        seeds,
        amountPerRun: Math.round(pair.more.total),
        reason: `${slice} in the place of ${receiver} alone: swap:${receiver}`,
      };
    });
}
