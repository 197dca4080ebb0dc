import { describe, expect, it } from 'vitest';
import { cholesky, inverse, logDeterminant, solve } from './cholesky.ts';

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
