import type { ArmPair, RealisedArm } from './arm-pair.ts';
import { seedOutcomes, valuesOf } from './seed-outcomes.ts';
import type { ScoredRun, Warning } from '../experiment.ts';
import { isSpread, magnitude, NO_SPREAD, variance } from '../numerics/moments.ts';
import {
  borrowedComparison,
  pairedComparison,
  pairedEstimate,
  pooledNoise,
  welch,
  welchEstimate,
} from '../statistics/welch.ts';
import type { Comparison, Estimate } from '../statistics/welch.ts';

/** Outcomes of two arms, one value a seed; value i of both arms has the same seed where `isPaired`. */
export type ArmValues = {
  readonly more: readonly number[];
  readonly less: readonly number[];
  readonly isPaired: boolean;
  /** Smallest variance between seeds that the resolution of the outcome lets show. */
  readonly floor: number;
};

export type ChosenComparison = {
  readonly comparison: Comparison | undefined;
  readonly estimatorId: string;
  readonly noted: readonly Warning[];
  /** What was compared, where the noise is that of the two arms themselves. */
  readonly values: ArmValues | undefined;
};

/** By Welch's t, or a paired t, with the variance between seeds no smaller than the resolution of the outcome allows. */
const compareValues = ({ more, less, isPaired, floor }: ArmValues, level: number): Comparison =>
  isPaired ? pairedComparison(more, less, level, 2 * floor) : welch(more, less, level, floor);

/** The estimate of `compareValues` without its distribution. */
export const estimateOf = ({ more, less, isPaired, floor }: ArmValues): Estimate =>
  isPaired ? pairedEstimate(more, less, 2 * floor) : welchEstimate(more, less, floor);

/** Most decimals at which equal outcomes may be rounding. */
const COARSE_DECIMALS = 4;

/**
 * The step in which outcomes are recorded: one item where all are multiples of it, else one unit of the last decimal of at
 * most four. Undefined where they are recorded more finely.
 */
function resolutionOf(runs: readonly ScoredRun[]): number | undefined {
  const values = runs.map(({ score }) => score.value);
  const items = runs[0]?.score.items?.ids.length ?? 0;
  const isWhole = (times: number) =>
    values.every((value) => Math.abs(value * times - Math.round(value * times)) < 1e-6);
  if (items > 0 && isWhole(items)) return 1 / items;
  const decimals = [...Array(COARSE_DECIMALS + 1).keys()].find((count) => isWhole(10 ** count));
  return decimals === undefined ? undefined : 10 ** -decimals;
}

/**
 * The comparison of two arms: paired by seed in blocks, by Welch's t otherwise, or with the noise of other arms where an arm
 * has a single seed. Without a spread between seeds in either arm there is no interval: the noise is not visible in them.
 */
export function compareArms(
  { more, less }: ArmPair,
  arms: readonly RealisedArm[],
  { level, isBlocked }: { readonly level: number; readonly isBlocked: boolean },
): ChosenComparison {
  const [high, low] = [valuesOf(more), valuesOf(less)];
  if (high.length < 2 || low.length < 2) return borrowed(high, low, arms, level);
  const resolution = resolutionOf([...more.runs, ...less.runs]);
  const scale = magnitude([...high, ...low]);
  const floor = (resolution ?? 0) ** 2 / 12;
  if (!isSpread(high, scale) && !isSpread(low, scale)) return withoutSpread(resolution);
  const pairs = isBlocked ? bySeed(more.runs, less.runs) : undefined;
  const isPaired =
    pairs !== undefined &&
    isSpread(
      pairs.more.map((value, index) => value - pairs.less[index]!),
      scale,
    );
  const values = { ...(isPaired ? pairs : { more: high, less: low }), isPaired, floor };
  return {
    comparison: compareValues(values, level),
    estimatorId: `controlled_ablation.${isPaired ? 'paired_t' : 'welch'}`,
    noted: coarse(values, resolution),
    values,
  };
}

function coarse({ more, less, floor }: ArmValues, resolution: number | undefined): Warning[] {
  if (resolution === undefined || Math.min(variance(more), variance(less)) >= floor) return [];
  const text =
    `The scores are recorded in steps of ${resolution}, and the seeds of an arm differ by less: ` +
    'its variance is taken to be that of rounding.';
  return [{ code: 'coarse_scores', text }];
}

function withoutSpread(resolution: number | undefined): ChosenComparison {
  const why =
    resolution === undefined
      ? 'either the seeds change nothing or the runs are copies'
      : `the scores are recorded in steps of ${resolution}`;
  const text = `All seeds of each arm have equal scores, so their noise is not visible: ${why}. No interval.`;
  const noted = [{ code: 'no_spread', text }];
  return { comparison: undefined, estimatorId: 'controlled_ablation.point', noted, values: undefined };
}

function bySeed(more: readonly ScoredRun[], less: readonly ScoredRun[]) {
  const low = new Map(seedOutcomes(less).map(({ seed, value }) => [seed, value]));
  const high = seedOutcomes(more);
  return { more: high.map(({ value }) => value), less: high.map(({ seed }) => low.get(seed)!) };
}

function borrowed(
  high: readonly number[],
  low: readonly number[],
  arms: readonly RealisedArm[],
  level: number,
): ChosenComparison {
  const single = { code: 'single_seed', text: 'An arm has a single seed.' };
  const noise = pooledNoise(arms.map(valuesOf));
  if (!noise || !(noise.variance > (NO_SPREAD * magnitude([...high, ...low])) ** 2)) {
    const noted = [{ ...single, text: 'No seeds, no interval: point estimates only.' }];
    return { comparison: undefined, estimatorId: 'controlled_ablation.point', noted, values: undefined };
  }
  const text = `The noise is borrowed from other arms (${noise.degreesOfFreedom} degrees of freedom).`;
  return {
    comparison: borrowedComparison(high, low, noise, level),
    estimatorId: 'controlled_ablation.borrowed_noise',
    noted: [single, { code: 'borrowed_noise', text }],
    values: undefined,
  };
}
