/** Lower triangular factor L. Square matrices are flat and row-major; the upper half of `lower` is not read. */
export type Cholesky = { readonly size: number; readonly lower: Float64Array };

type Operands = { readonly left: Float64Array; readonly right: Float64Array };

/** Four independent sums for throughput; the order of additions is fixed, so results are reproducible to the bit. */
function dot({ left, right }: Operands, leftAt: number, rightAt: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let index = 0;
  for (; index + 3 < length; index += 4) {
    s0 += left[leftAt + index]! * right[rightAt + index]!;
    s1 += left[leftAt + index + 1]! * right[rightAt + index + 1]!;
    s2 += left[leftAt + index + 2]! * right[rightAt + index + 2]!;
    s3 += left[leftAt + index + 3]! * right[rightAt + index + 3]!;
  }
  for (; index < length; index++) s0 += left[leftAt + index]! * right[rightAt + index]!;
  return s0 + s1 + (s2 + s3);
}

/** L with L Lᵀ = matrix; undefined where the matrix is not positive definite, or a value is NaN or infinite. */
export function cholesky(matrix: Float64Array, size: number): Cholesky | undefined {
  const lower = new Float64Array(size * size);
  const own = { left: lower, right: lower };
  for (let row = 0; row < size; row++) {
    const at = row * size;
    for (let column = 0; column < row; column++) {
      const other = column * size;
      lower[at + column] = (matrix[at + column]! - dot(own, at, other, column)) / lower[other + column]!;
    }
    const pivot = matrix[at + row]! - dot(own, at, at, row);
    if (!(pivot > 0 && pivot < Infinity)) return undefined;
    lower[at + row] = Math.sqrt(pivot);
  }
  return { size, lower };
}

/** x with L x = right. */
export function solveLower({ size, lower }: Cholesky, right: Float64Array): Float64Array {
  const solution = new Float64Array(size);
  const operands = { left: lower, right: solution };
  for (let row = 0; row < size; row++) {
    const at = row * size;
    solution[row] = (right[row]! - dot(operands, at, 0, row)) / lower[at + row]!;
  }
  return solution;
}

/** x with L Lᵀ x = right. */
export function solve(factor: Cholesky, right: Float64Array): Float64Array {
  const { size, lower } = factor;
  const solution = solveLower(factor, right);
  for (let row = size - 1; row >= 0; row--) {
    const value = solution[row]! / lower[row * size + row]!;
    solution[row] = value;
    for (let column = 0; column < row; column++) solution[column]! -= lower[row * size + column]! * value;
  }
  return solution;
}

/** The symmetric inverse of L Lᵀ, both halves filled. */
export function inverse({ size, lower }: Cholesky): Float64Array {
  const columns = inverseColumns(size, lower);
  const own = { left: columns, right: columns };
  const result = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      const value = dot(own, row * size + row, column * size + row, size - row);
      result[row * size + column] = value;
      result[column * size + row] = value;
    }
  }
  return result;
}

/** The inverse of Lᵀ, upper triangular: k times it is the x with L x = k. */
export const inverseOfTransposed = ({ size, lower }: Cholesky): Float64Array => inverseColumns(size, lower);

/** Row j holds column j of the inverse of L, so that products read neighbouring memory. */
function inverseColumns(size: number, lower: Float64Array): Float64Array {
  const columns = new Float64Array(size * size);
  const operands = { left: lower, right: columns };
  for (let row = 0; row < size; row++) {
    const at = row * size;
    const diagonal = lower[at + row]!;
    columns[at + row] = 1 / diagonal;
    for (let column = 0; column < row; column++) {
      const known = dot(operands, at + column, column * size + column, row - column);
      columns[column * size + row] = -known / diagonal;
    }
  }
  return columns;
}

/** log |L Lᵀ|. */
export function logDeterminant({ size, lower }: Cholesky): number {
  let sum = 0;
  for (let row = 0; row < size; row++) sum += Math.log(lower[row * size + row]!);
  return 2 * sum;
}
