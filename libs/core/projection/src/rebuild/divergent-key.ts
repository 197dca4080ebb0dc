import type { RowOf, SqlReader } from '@tributary/kernel';
import { bothSides, differingParts } from './pair.ts';
import type { Pair } from './pair.ts';
import { keyParts, keyRow, keys, ofRollup } from './comparison-queries.ts';
import type { Rollup } from './comparison-queries.ts';

/** A key of a rollup and its merged row on each side, as JSON. */
export type DivergentKey = Pair<readonly string[]> & { readonly key: string };

/** The first key whose merged rows differ, in key order. Keys in parts with equal checksums are not read. */
export async function divergentKey(
  sides: Pair<SqlReader>,
  rollup: Rollup,
): Promise<DivergentKey | undefined> {
  const parts = differingParts(await bothSides(sides, (side) => side.all(ofRollup(keyParts, rollup), {})));
  if (parts.length === 0) return undefined;
  for (let offset = 0; ;) {
    const params = { parts, offset };
    const page = await bothSides(sides, (side) => side.all(ofRollup(keys, rollup), params));
    const candidates = firstCandidates(page);
    for (const key of candidates) {
      const found = await rowsAt(sides, rollup, key);
      if (found) return found;
    }
    if (page.before.length === 0) return undefined;
    offset += page.before.length;
  }
}

/**
 * Before the first difference, both sides have the same keys at the same indices. At the difference the keys may differ:
 * then one side lacks one of them, and the other key may only come later on that side.
 */
function firstCandidates({ before, after }: Pair<readonly RowOf<typeof keys>[]>): string[] {
  const length = Math.max(before.length, after.length);
  for (let index = 0; index < length; index += 1) {
    const left = before[index];
    const right = after[index];
    if (left?.key === right?.key && left?.hash === right?.hash) continue;
    return [...new Set([left, right].flatMap((row) => row?.key ?? []))];
  }
  return [];
}

async function rowsAt(
  sides: Pair<SqlReader>,
  rollup: Rollup,
  key: string,
): Promise<DivergentKey | undefined> {
  const { before, after } = await bothSides(sides, (side) => side.all(ofRollup(keyRow, rollup), { key }));
  if (before[0]?.hash === after[0]?.hash) return undefined;
  return { key: key.trimEnd(), before: before.map(({ row }) => row), after: after.map(({ row }) => row) };
}
