import type { Effect, Identification } from '../effect.ts';
import type { Warning } from '../experiment.ts';
import { detectableEffect, powerOf } from '../statistics/detection.ts';
import type { Detection } from '../statistics/detection.ts';
import type { PlannedAssignment, PlannedRuns, RunCost } from './planned-runs.ts';
import type { SeedNoise } from './seed-noise.ts';

/** What can be found after so many runs of a plan; null where nothing can be estimated then. */
export type DetectableEffect = {
  readonly addedRuns: number;
  /** Smallest effect that is found with the power of the plan, in the unit of the score. */
  readonly minimumDetectableEffect: number | null;
  /** Power to find the effect of interest; null where none was named. */
  readonly power: number | null;
};

/** Runs to launch for one estimator, and what they would buy. */
export type RunPlan = {
  readonly estimator: 'controlled_ablation' | 'response_surface';
  /** The contrast in words. */
  readonly contrast: string;
  /** What the recorded runs answer; null where this estimator answers nothing yet. */
  readonly now: Effect | null;
  /** Null where no noise can be estimated from the recorded runs. */
  readonly noise: SeedNoise | null;
  /** By mixture; what is missing comes first. */
  readonly runs: readonly PlannedRuns[];
  /** Further arms that would split a proportional effect; they are no part of the cost. */
  readonly decomposition: readonly PlannedRuns[];
  readonly detectable: readonly DetectableEffect[];
  /**
   * Fewest further runs that find the effect of interest with the power, each arm with three seeds at least; null without
   * one, or where no number does.
   */
  readonly runsForEffect: number | null;
  readonly cost: RunCost;
  /** What the effect would be identified by, where the new runs record what the recorded ones do. */
  readonly identification: Identification;
  /** Null where every run belongs to an arm that is assigned already. */
  readonly assignment: PlannedAssignment | null;
  readonly assumptions: readonly Warning[];
};

/** What a plan is made for. */
export type PlanGoal = {
  readonly level: number;
  readonly power: number;
  /** Smallest effect of interest, in the unit of the score. */
  readonly effect: number | undefined;
  /** Most runs that may be launched. */
  readonly limit: number;
};

/** The row of a plan after so many runs. */
export function detectableAfter(
  addedRuns: number,
  detection: Detection | undefined,
  { power, effect }: PlanGoal,
): DetectableEffect {
  return {
    addedRuns,
    minimumDetectableEffect: detection ? detectableEffect(detection, power) : null,
    power: detection && effect !== undefined ? powerOf(detection, effect) : null,
  };
}

/** Whether a row finds the effect of interest with the power of the plan. */
export const isFound = ({ power }: DetectableEffect, goal: PlanGoal): boolean =>
  power !== null && power >= goal.power;
