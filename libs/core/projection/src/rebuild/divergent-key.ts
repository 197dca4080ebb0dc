import type { RowOf, SqlReader } from '@tributary/kernel';
import { bothSides, differingParts } from './pair.ts';
import type { Pair } from './pair.ts';
import { keyParts, keyRow, keys, ofRollup } from './comparison-queries.ts';
import type { Rollup } from './comparison-queries.ts';

/** A key of a rollup and its merged row on each side, as JSON texts. */
export type DivergentKey = Pair<readonly string[]> & { readonly key: string };

/** The first key whose merged rows differ, in the order of the key. Keys of equal parts are not read. */
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
 * Up to the first difference both sides hold the same keys at the same places. There the keys of both sides may be
 * different ones: then one of them is missing on the other side, and the other one may only come later there.
 */
function firstCandidates({ before, after }: Pair<readonly RowOf<typeof keys>[]>): string[] {
  const length = Math.max(before.length, after.length);
  for (let place = 0; place < length; place += 1) {
    const left = before[place];
    const right = after[place];
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
