import { describe, expect, it } from 'vitest';
import { cholesky, inverse, logDeterminant, solve } from './cholesky.ts';
import { pointIn } from './covariance.ts';
import { hullDistance } from './hull.ts';
import { negativeLogLikelihood } from './marginal-likelihood.ts';
import { minimise } from './minimise.ts';
import { random } from './random.ts';

describe('Cholesky', () => {
  const matrix = Float64Array.of(4, 2, 0.6, 2, 5, 1, 0.6, 1, 3);

  it('solves, inverts and takes the determinant of a positive definite matrix', () => {
    const factor = cholesky(matrix, 3)!;
    const solution = solve(factor, Float64Array.of(6.6, 8, 4.6));
    for (const value of solution) expect(value).toBeCloseTo(1, 12);
    const product = inverse(factor);
    expect(4 * product[0]! + 2 * product[3]! + 0.6 * product[6]!).toBeCloseTo(1, 12);
    expect(4 * product[1]! + 2 * product[4]! + 0.6 * product[7]!).toBeCloseTo(0, 12);
    const determinant = 4 * (15 - 1) - 2 * (6 - 0.6) + 0.6 * (2 - 3);
    expect(logDeterminant(factor)).toBeCloseTo(Math.log(determinant), 12);
  });

  it('has no factor for a matrix that is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  });
});

describe('the minimiser', () => {
  it('finds the bottom of the Rosenbrock valley', () => {
    const valley = ([x = 0, y = 0]: Float64Array) => ({
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    });
    const { point } = minimise(valley, Float64Array.of(-1.2, 1), { iterations: 200, tolerance: 1e-16 });
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
  });
});

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

describe('the distance to the hull', () => {
  const corners = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0), Float64Array.of(0.2, 0.2, 0.6)];

  it('is zero for a mixture of the mixtures', () => {
    expect(hullDistance(corners, Float64Array.of(0.4, 0.3, 0.3))).toBeLessThan(1e-6);
  });

  it('is the Euclidean distance to the nearest mixture of them outside', () => {
    expect(hullDistance(corners, Float64Array.of(0.2, 0.2, 0.6))).toBeLessThan(1e-6);
    expect(hullDistance([corners[0]!, corners[1]!], Float64Array.of(0.25, 0.25, 0.5))).toBeCloseTo(
      Math.sqrt(0.375),
      2,
    );
  });
});

describe('the random stream', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    const first = (seed: number) => {
      const generator = random(seed);
      return Array.from({ length: 5 }, () => generator.uniform());
    };
    expect(first(1)).toEqual(first(1));
    expect(first(1)).not.toEqual(first(2));
  });

  it('is uniform and normal to the eye of a thousand draws', () => {
    const generator = random(9);
    const draws = Array.from({ length: 10_000 }, () => ({
      flat: generator.uniform(),
      bell: generator.normal(),
    }));
    expect(draws.reduce((sum, { flat }) => sum + flat, 0) / 1e4).toBeCloseTo(0.5, 1);
    expect(draws.reduce((sum, { bell }) => sum + bell * bell, 0) / 1e4).toBeCloseTo(1, 1);
  });
});
