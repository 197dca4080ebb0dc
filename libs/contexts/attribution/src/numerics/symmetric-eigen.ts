import { requireFinite } from './require-finite.ts';

/** Eigenvalues, and the eigenvectors as columns of a flat row-major matrix. */
export type Eigen = { readonly values: Float64Array; readonly vectors: Float64Array };

const SWEEPS = 60;

/**
 * Eigen-decomposition of a symmetric matrix, flat and row-major, by cyclic Jacobi rotations (Golub and Van Loan 2013, 8.5).
 * Throws Fault `not_finite`.
 */
export function symmetricEigen(matrix: Float64Array, size: number): Eigen {
  requireFinite('the eigenvalues of a matrix', matrix);
  const rest = Float64Array.from(matrix);
  const vectors = new Float64Array(size * size);
  for (let row = 0; row < size; row++) vectors[row * size + row] = 1;
  for (let sweep = 0; sweep < SWEEPS && offDiagonal(rest, size) > 1e-26; sweep++) {
    for (let p = 0; p < size; p++) for (let q = p + 1; q < size; q++) rotate(rest, vectors, p, q);
  }
  return { values: Float64Array.from({ length: size }, (_, row) => rest[row * size + row]!), vectors };
}

/** Sum of squares outside the diagonal, relative to that on it. */
function offDiagonal(matrix: Float64Array, size: number): number {
  let off = 0;
  let on = 0;
  for (const [at, value] of matrix.entries()) {
    if (at % (size + 1) === 0) on += value * value;
    else off += value * value;
  }
  return on > 0 ? off / on : off;
}

/** Makes the element (p, q) zero. */
function rotate(matrix: Float64Array, vectors: Float64Array, p: number, q: number): void {
  const size = Math.sqrt(matrix.length);
  const shared = matrix[p * size + q]!;
  if (shared === 0) return;
  const half = (matrix[q * size + q]! - matrix[p * size + p]!) / (2 * shared);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const turn = (of: Float64Array, at: number, other: number) => {
    const [left, right] = [of[at]!, of[other]!];
    of[at] = cosine * (left - tangent * right);
    of[other] = cosine * (right + tangent * left);
  };
  for (let k = 0; k < size; k++) turn(matrix, k * size + p, k * size + q);
  for (let k = 0; k < size; k++) turn(matrix, p * size + k, q * size + k);
  for (let k = 0; k < size; k++) turn(vectors, k * size + p, k * size + q);
}
