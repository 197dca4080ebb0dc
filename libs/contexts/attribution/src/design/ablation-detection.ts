import type { RealisedArm } from '../ablation/arm-pair.ts';
import type { Experiment } from '../experiment.ts';
import { countsAfter, isInBlocks, sharedSeeds } from './ablation-launches.ts';
import type { ArmSeeds, Batch } from './ablation-launches.ts';
import type { ArmContrast } from './ablation-contrast.ts';
import { detectableAfter, isFound } from './run-plan.ts';
import type { DetectableEffect, PlanGoal } from './run-plan.ts';
import { noiseOfArms, noiseOfBlocks } from './seed-noise.ts';
import type { SeedNoise } from './seed-noise.ts';
import { simulatedContrast } from './simulated-contrast.ts';
import type { ContrastNoise } from './simulated-contrast.ts';

/** Seeds that each arm has at least once runs are added: fewer hardly show its noise. */
const ENOUGH = 3;

/** The noise that a simulation draws from, and how it is reported. */
export type NoiseOfContrast = ContrastNoise & { readonly reported: SeedNoise };

/** The arms of an ablation that have scored runs. */
export type RecordedArms = {
  readonly experiment: Experiment;
  readonly arms: readonly RealisedArm[];
  readonly capability: string;
};

/**
 * The noise of a run and of the difference of two runs of one seed. Where no two arms ran the same seeds the difference is
 * taken to vary as two independent runs do. Undefined where no noise can be estimated.
 */
export function noiseOfContrast(
  { experiment, arms, capability }: RecordedArms,
  { more, less }: ArmContrast,
  seeds: ArmSeeds,
): NoiseOfContrast | undefined {
  const seen = noiseOfArms(experiment, arms, capability);
  if (!seen) return undefined;
  const { degreesOfFreedom, text } = seen;
  const run = { variance: seen.standardDeviation ** 2, degreesOfFreedom };
  const shared = less.runs.length > 0 ? sharedSeeds(seeds) : seeds.more.flatMap((seed) => seed ?? []);
  const blocks = noiseOfBlocks(more, arms, shared);
  const difference = blocks ?? { ...run, variance: 2 * run.variance };
  if (!blocks || !isInBlocks(seeds)) return { run, difference, reported: seen };
  const ofBlocks =
    `${Math.sqrt(blocks.variance).toPrecision(3)} of the difference of two arms at one seed, ` +
    `${blocks.degreesOfFreedom} degrees of freedom`;
  return { run, difference, reported: { ...seen, text: `${text}; ${ofBlocks}` } };
}

/** Runs that give each arm enough seeds to see its noise. */
export const runsToSeeNoise = ({ more, less }: ArmSeeds): number =>
  Math.max(0, ENOUGH - more.length) + Math.max(0, ENOUGH - less.length);

/**
 * What can be found now and after each batch, up to the one that finds the effect of interest. Nothing is said of batches
 * after which an arm still has fewer than three seeds.
 */
export function detectableByRuns(
  noise: ContrastNoise | undefined,
  seeds: ArmSeeds,
  batches: readonly Batch[],
  goal: PlanGoal & { readonly randomSeed: number },
): { readonly detectable: readonly DetectableEffect[]; readonly runsForEffect: number | null } {
  const counts = countsAfter(seeds, batches);
  const added = counts.map((_, index) => batches.slice(0, index).flat().length);
  const most = counts.reduce((largest, { more, less }) => Math.max(largest, more, less), 0);
  const simulate = noise && simulatedContrast(noise, { ...goal, most });
  const detectable: DetectableEffect[] = [];
  for (const [index, of] of counts.entries()) {
    const isEnough = Math.min(of.more, of.less) >= ENOUGH;
    const row = detectableAfter(added[index]!, isEnough || index === 0 ? simulate?.(of) : undefined, goal);
    detectable.push(row);
    if (isEnough && isFound(row, goal)) return { detectable, runsForEffect: row.addedRuns };
  }
  return { detectable, runsForEffect: null };
}
