import type { Identification } from '../effect.ts';

/** From the strongest to the weakest. */
const LADDER: readonly Identification[] = [
  'randomised',
  'controlled_ablation',
  'branch_from_checkpoint',
  'phase_change_controlled',
  'phase_change_single_run',
  'observational_adjusted',
  'model_based_influence',
  'associational',
];

/** The weakest of the identifications. */
export const weakest = (steps: readonly Identification[]): Identification =>
  LADDER[steps.reduce((low, step) => Math.max(low, LADDER.indexOf(step)), 0)] ?? 'associational';

/** Whether the first identification is above the second on the ladder. */
export const isStronger = (one: Identification, other: Identification) =>
  LADDER.indexOf(one) < LADDER.indexOf(other);
