import { makesBlocks } from '../ablation/seed-outcomes.ts';
import type { SeedCounts } from '../ablation/seed-outcomes.ts';
import { random } from '../numerics/random.ts';
import type { Random } from '../numerics/random.ts';
import { criticalValues } from '../statistics/critical-values.ts';
import type { Detection } from '../statistics/detection.ts';
import type { PooledNoise } from '../statistics/welch.ts';

const DRAWS = 1000;

/** Noise of a run, and of the difference of two runs of one seed. */
export type ContrastNoise = { readonly run: PooledNoise; readonly difference: PooledNoise };

export type SimulationOptions = {
  readonly level: number;
  readonly randomSeed: number;
  /** Largest number of seeds of an arm that will be simulated. */
  readonly most: number;
};

/** Sums of the first n squared normals of each draw: chi-squared with n degrees of freedom, growing with n. */
type ChiSquared = (draw: number, degreesOfFreedom: number) => number;

function chiSquaredDraws(most: number, generator: Random): ChiSquared {
  const sums = new Float64Array(DRAWS * (most + 1));
  for (let draw = 0; draw < DRAWS; draw++) {
    for (let n = 1; n <= most; n++) {
      const at = draw * (most + 1) + n;
      sums[at] = sums[at - 1]! + generator.normal() ** 2;
    }
  }
  return (draw, degreesOfFreedom) => sums[draw * (most + 1) + degreesOfFreedom]!;
}

/** Draws of the true standard deviation: an observed variance knows it up to a chi-squared, s² df / χ² (prior 1 / σ²). */
function deviations({ variance, degreesOfFreedom }: PooledNoise, generator: Random): Float64Array {
  return Float64Array.from({ length: DRAWS }, () => {
    let sum = 0;
    for (let n = 0; n < degreesOfFreedom; n++) sum += generator.normal() ** 2;
    return Math.sqrt((variance * degreesOfFreedom) / sum);
  });
}

/**
 * Simulates the comparison that `attribute` makes of two arms with so many seeds: a paired t in blocks, Welch's t with two
 * seeds in each arm, else a t with the noise of other arms. Each of 1,000 draws has a true noise, as uncertain as the
 * observed one is, and the variances that the seeds of the arms would then show. All designs share the draws, so that
 * their differences are no noise of the simulation. Undefined where an arm has no seed.
 */
export function simulatedContrast(noise: ContrastNoise, { level, randomSeed, most }: SimulationOptions) {
  const critical = criticalValues(level);
  const generator = random(randomSeed);
  const run = deviations(noise.run, generator);
  const difference = deviations(noise.difference, generator);
  const [more, less] = [chiSquaredDraws(most, generator), chiSquaredDraws(most, generator)];

  const detection = (of: (draw: number) => { readonly error: number; readonly reach: number }): Detection => {
    const draws = Array.from({ length: DRAWS }, (_, draw) => of(draw));
    return {
      errors: Float64Array.from(draws, ({ error }) => error),
      critical: Float64Array.from(draws, ({ reach }) => reach),
    };
  };
  const paired = (pairs: number) =>
    detection((draw) => {
      const error = difference[draw]! / Math.sqrt(pairs);
      return { error, reach: critical(pairs - 1) * error * Math.sqrt(more(draw, pairs - 1) / (pairs - 1)) };
    });
  const welch = (high: number, low: number) =>
    detection((draw) => {
      const [ofMore, ofLess] = [
        more(draw, high - 1) / (high - 1) / high,
        less(draw, low - 1) / (low - 1) / low,
      ];
      const total = ofMore + ofLess;
      const freedom = total ** 2 / (ofMore ** 2 / (high - 1) + ofLess ** 2 / (low - 1));
      const reach = critical(freedom) * run[draw]! * Math.sqrt(total);
      return { error: run[draw]! * Math.sqrt(1 / high + 1 / low), reach };
    });
  const borrowed = (high: number, low: number) =>
    detection((draw) => {
      const width = Math.sqrt(1 / high + 1 / low);
      const reach = critical(noise.run.degreesOfFreedom) * Math.sqrt(noise.run.variance) * width;
      return { error: run[draw]! * width, reach };
    });

  return (counts: SeedCounts): Detection | undefined => {
    if (counts.more === 0 || counts.less === 0) return undefined;
    if (makesBlocks(counts)) return paired(counts.shared);
    return counts.more > 1 && counts.less > 1
      ? welch(counts.more, counts.less)
      : borrowed(counts.more, counts.less);
  };
}
