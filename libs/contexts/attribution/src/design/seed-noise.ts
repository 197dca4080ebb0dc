import type { RealisedArm } from '../ablation/arm-pair.ts';
import { seedOutcomes, valuesOf } from '../ablation/seed-outcomes.ts';
import { groupBy } from '@tributary/kernel';
import { notComparable } from '../controls/evaluations.ts';
import type { Experiment, ScoredRun } from '../experiment.ts';
import { mean } from '../numerics/moments.ts';
import { pooledNoise } from '../statistics/welch.ts';
import type { PooledNoise } from '../statistics/welch.ts';
import { swarmOf } from '../swarm/swarm.ts';

/** The noise that a plan counts on: the standard deviation between the seeds of one mixture, in the unit of the score. */
export type SeedNoise = {
  readonly standardDeviation: number;
  readonly degreesOfFreedom: number;
  readonly source: 'within_arms' | 'within_mixtures' | 'surface';
  /** How it was counted, in words. */
  readonly text: string;
};

/** Spread, relative to the outcomes, that is rounding. */
const NO_SPREAD = 1e-9;

const sizeOf = (runs: readonly ScoredRun[]) =>
  runs.reduce((most, { score }) => Math.max(most, Math.abs(score.value)), 0);

function visible(noise: PooledNoise | undefined, runs: readonly ScoredRun[]): PooledNoise | undefined {
  return noise && Math.sqrt(noise.variance) > NO_SPREAD * sizeOf(runs) ? noise : undefined;
}

function seedNoise(
  groups: readonly (readonly number[])[],
  runs: readonly ScoredRun[],
  source: 'within_arms' | 'within_mixtures',
): SeedNoise | undefined {
  const noise = visible(pooledNoise(groups), runs);
  if (!noise) return undefined;
  const repeated = groups.filter(({ length }) => length > 1).length;
  const named = source === 'within_arms' ? 'arms' : 'mixtures of the swarm';
  const { degreesOfFreedom } = noise;
  return {
    standardDeviation: Math.sqrt(noise.variance),
    degreesOfFreedom,
    source,
    text: `pooled within the ${repeated} ${named} with several seeds, ${degreesOfFreedom} degrees of freedom`,
  };
}

/** Seed noise pooled within the mixtures of runs that were run with several seeds; undefined where none was. */
export const noiseWithinMixtures = (runs: readonly ScoredRun[]): SeedNoise | undefined =>
  seedNoise(
    [...groupBy(runs, ({ mixtureId }) => mixtureId).values()].map((of) =>
      seedOutcomes(of).map(({ value }) => value),
    ),
    runs,
    'within_mixtures',
  );

/**
 * Seed noise of an ablation: pooled within its arms, or within the mixtures of a swarm of the same experiment where every
 * arm has a single seed and the scores are comparable. Undefined where no noise is visible.
 */
export function noiseOfArms(
  experiment: Experiment,
  arms: readonly RealisedArm[],
  capability: string,
): SeedNoise | undefined {
  const runs = arms.flatMap((arm) => arm.runs);
  const own = seedNoise(arms.map(valuesOf), runs, 'within_arms');
  if (own) return own;
  const swarm = swarmOf(experiment, capability);
  if (!swarm || notComparable([...runs, ...swarm.runs], capability, false)) return undefined;
  return noiseWithinMixtures(swarm.runs);
}

/**
 * Noise of the difference of two runs of one seed: twice the residual variance of arms and seeds as two factors, over all
 * arms that ran the seeds of `reference`. With two arms it is the variance of their differences. Undefined where a second
 * arm or a second seed is missing.
 */
export function noiseOfBlocks(
  reference: RealisedArm,
  arms: readonly RealisedArm[],
  shared: readonly (string | number)[],
): PooledNoise | undefined {
  const tables = arms.map(
    ({ runs }) =>
      new Map(seedOutcomes(runs).flatMap(({ seed, value }) => (seed === undefined ? [] : [[seed, value]]))),
  );
  const rows = tables
    .filter((table) => shared.every((seed) => table.has(seed)))
    .map((table) => shared.map((seed) => table.get(seed)!));
  if (rows.length < 2 || shared.length < 2) return undefined;
  const ofArm = rows.map(mean);
  const ofSeed = shared.map((_, at) => mean(rows.map((row) => row[at]!)));
  const all = mean(ofArm);
  let squares = 0;
  for (const [row, values] of rows.entries()) {
    for (const [at, value] of values.entries()) squares += (value - ofArm[row]! - ofSeed[at]! + all) ** 2;
  }
  const degreesOfFreedom = (rows.length - 1) * (shared.length - 1);
  const variance = (2 * squares) / degreesOfFreedom;
  return visible({ variance, degreesOfFreedom }, reference.runs);
}
