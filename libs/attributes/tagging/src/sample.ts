import { createHash } from 'node:crypto';

/**
 * A sample of `size` of the rows 0 to `rows` - 1, without replacement: those with the smallest keys, where the key of a
 * row is a hash of seed and row. The same seed draws the same rows again, and a larger sample holds the smaller one.
 */
export function sampleOfRows(rows: number, size: number, seed: string): ReadonlySet<number> {
  const keyed = Array.from({ length: rows }, (_none, row) => ({ row, key: keyOf(seed, row) }));
  keyed.sort((left, right) => left.key - right.key || left.row - right.row);
  return new Set(keyed.slice(0, size).map(({ row }) => row));
}

/** 48 bits of SHA-256, as a whole number that a double holds. */
const keyOf = (seed: string, row: number): number =>
  createHash('sha256').update(`${seed}:${row}`).digest().readUIntBE(0, 6);
