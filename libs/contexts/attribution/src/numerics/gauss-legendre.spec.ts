import { expect, it } from 'vitest';
import { gaussLegendre } from './gauss-legendre.ts';

it.each([1, 2, 5, 16])('integrates polynomials up to degree 2 n - 1 exactly: n = %d', (order) => {
  const { points, weights } = gaussLegendre(order);
  for (let degree = 0; degree < 2 * order; degree++) {
    const integral = points.reduce((sum, point, index) => sum + weights[index]! * point ** degree, 0);
    expect(integral).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 12);
  }
});
