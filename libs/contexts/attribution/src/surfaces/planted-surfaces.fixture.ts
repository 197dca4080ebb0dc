import { random } from '../numerics/random.ts';
import type { Observations } from './surface.ts';

type Planted = {
  readonly mixtures?: number;
  readonly seeds?: number;
  readonly noise?: number;
  readonly seed?: number;
};

/** Uniform mixtures of four slices, each run with every seed, their outcomes drawn around a known surface. */
export function aSwarm(truth: (shares: Float64Array) => number, planted: Planted = {}): Observations {
  const { mixtures = 60, seeds = 2, noise = 0.01, seed = 1 } = planted;
  const generator = random(seed);
  const drawn = Array.from({ length: mixtures }, (_, index) => {
    const weights = Float64Array.from({ length: 4 }, () => -Math.log(1 - generator.uniform()));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return {
      name: `mixture-${String(index).padStart(3, '0')}`,
      shares: weights.map((weight) => weight / total),
    };
  });
  const rows = drawn.flatMap((mixture) => Array.from({ length: seeds }, () => mixture));
  return {
    components: ['a', 'b', 'c', 'd'],
    mixtures: rows.map(({ name }) => name),
    shares: rows.map(({ shares }) => shares),
    values: Float64Array.from(rows, ({ shares }) => truth(shares) + noise * generator.normal()),
  };
}
