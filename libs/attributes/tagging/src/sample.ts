import { createHash } from 'node:crypto';

/**
 * A sample of `size` of the rows 0 to `rows` - 1, without replacement: those with the smallest keys, where the key of a
 * row is a hash of seed and row. The same seed draws the same rows again, and a larger sample holds the smaller one. Memory
 * is that of the sample, however many rows there are.
 */
export function sampleOfRows(rows: number, size: number, seed: string): ReadonlySet<number> {
  const kept: Keyed[] = [];
  let largest = Infinity;
  for (let row = 0; row < rows; row += 1) {
    const key = keyOf(seed, row);
    if (key > largest) continue;
    kept.push({ row, key });
    if (kept.length >= 2 * size) largest = smallest(kept, size);
  }
  smallest(kept, size);
  return new Set(kept.map(({ row }) => row));
}

type Keyed = { readonly row: number; readonly key: number };

/** Keeps the rows with the smallest keys. Returns the largest of these. */
function smallest(kept: Keyed[], size: number): number {
  kept.sort((left, right) => left.key - right.key || left.row - right.row);
  kept.length = Math.min(kept.length, size);
  return kept.at(-1)?.key ?? Infinity;
}

/** 48 bits of SHA-256, as a whole number that a double holds. */
const keyOf = (seed: string, row: number): number =>
  createHash('sha256').update(`${seed}:${row}`).digest().readUIntBE(0, 6);
