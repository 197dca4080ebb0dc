import { describe, expect, it } from 'vitest';
import { pointIn } from './covariance.ts';
import { negativeLogLikelihood } from './marginal-likelihood.ts';
import { random } from '../numerics/random.ts';

describe('the marginal likelihood of a Gaussian process', () => {
  it.each(['shares', 'root_shares'] as const)(
    'has the gradient that finite differences show, measured in %s',
    (metric) => {
      const generator = random(3);
      const points = Array.from({ length: 25 }, () => {
        const first = generator.uniform();
        const second = (1 - first) * generator.uniform();
        return pointIn(metric, Float64Array.of(first, second, 1 - first - second));
      });
      const rows = { points, targets: Float64Array.from(points, () => generator.normal()) };
      const theta = Float64Array.of(-0.4, 0.2, 0.9, 0.1, -0.3, -0.8);
      const { gradient } = negativeLogLikelihood(rows, theta);
      for (const [index, slope] of gradient.entries()) {
        const moved = (step: number) =>
          negativeLogLikelihood(rows, theta.with(index, theta[index]! + step)).value;
        expect(slope).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 5);
      }
    },
  );
});
