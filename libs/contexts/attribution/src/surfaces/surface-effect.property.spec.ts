import { expect, it } from 'vitest';
import { aSwarm } from './planted-surfaces.fixture.ts';
import { random } from '../numerics/random.ts';
import { fitScheffe } from './scheffe.ts';
import { shuffledOutcomes, surfaceEffects } from './surface-effect.ts';

const curved = (x: Float64Array) => 0.5 * x[0]! + 0.2 * x[1]! + 0.9 * x[2]! - 1.5 * x[0]! * x[1]!;
const contrast = {
  more: Float64Array.of(0.25, 0.25, 0.25, 0.25),
  less: Float64Array.of(0, 1 / 3, 1 / 3, 1 / 3),
  direction: Float64Array.of(1, -1 / 3, -1 / 3, -1 / 3),
};

const TRIALS = 100;

/** Share of swarms whose bootstrap interval covers the value of `truth`. */
function coverage(values: 'as run' | 'shuffled', truth: number): number {
  let covered = 0;
  for (let trial = 0; trial < TRIALS; trial++) {
    const swarm = aSwarm(curved, { mixtures: 40, noise: 0.02, seed: 100 + trial });
    const generator = random(trial);
    const shuffled = values === 'shuffled' ? { values: shuffledOutcomes(swarm, generator) } : {};
    const options = { generator, level: 0.95, resamples: 300, ...shuffled };
    const [effect] = surfaceEffects(fitScheffe(swarm, 'quadratic')!, swarm, [contrast], options);
    const { low, high } = effect!.finite.interval;
    if (low <= truth && truth <= high) covered++;
  }
  return covered / TRIALS;
}

it('covers a planted removal in at least nine of ten swarms', () => {
  expect(coverage('as run', curved(contrast.more) - curved(contrast.less))).toBeGreaterThanOrEqual(0.9);
});

it('finds no effect in nine of ten swarms with shuffled outcomes', () => {
  expect(coverage('shuffled', 0)).toBeGreaterThanOrEqual(0.9);
});

it('reports the slope of the planted surface along the direction', () => {
  const swarm = aSwarm(curved, { noise: 0.001, mixtures: 80 });
  const options = { generator: random(1), level: 0.95, resamples: 200 };
  const [effect] = surfaceEffects(fitScheffe(swarm, 'quadratic')!, swarm, [contrast], options);
  const slope = 0.5 - (0.2 + 0.9) / 3 - 1.5 * (0.25 - 0.25 / 3);
  expect(effect!.slope.value).toBeCloseTo(slope, 2);
});
