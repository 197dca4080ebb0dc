import { describe, expect, it } from 'vitest';
import { minimise } from './minimise.ts';

describe('the minimiser', () => {
  it('finds the minimum of the Rosenbrock function', () => {
    const valley = ([x = 0, y = 0]: Float64Array) => ({
      value: (1 - x) ** 2 + 100 * (y - x * x) ** 2,
      gradient: Float64Array.of(-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)),
    });
    const { point } = minimise(valley, Float64Array.of(-1.2, 1), { iterations: 200, tolerance: 1e-16 });
    expect(point[0]).toBeCloseTo(1, 4);
    expect(point[1]).toBeCloseTo(1, 4);
  });
});
