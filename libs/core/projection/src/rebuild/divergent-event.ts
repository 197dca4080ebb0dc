import type { SqlReader } from '@tributary/kernel';
import { largest, smallest } from '@tributary/kernel';
import { bothSides, differingParts } from './pair.ts';
import type { Pair } from './pair.ts';
import { bounds, eventParts, eventRows, ofTable, rangeSums } from './comparison-queries.ts';

/** Parts into which a range is divided at each step. */
const PARTS = 64;

/** Hash parts of an event's rows that are searched for differing rows, and rows that are shown of each side. */
const MOST_PARTS = 64;
const SHOWN_ROWS = 3;

/** The smallest position whose rows differ, by a 64-ary search over checksums of ranges. */
export async function divergentPosition(
  { before, after }: Pair<SqlReader>,
  table: string,
): Promise<number | undefined> {
  const sides = [before, after];
  const known = await Promise.all(sides.map((side) => side.all(ofTable(bounds, table), {})));
  const filled = known.flat().filter(({ row_count }) => row_count > 0);
  let first = smallest(filled.map((side) => side.first));
  let width = largest(filled.map((side) => side.last)) - first + 1;
  if (filled.length === 0) return undefined;
  for (;;) {
    width = Math.ceil(width / PARTS);
    const ask = (side: SqlReader) => side.all(ofTable(rangeSums, table), { first, width });
    const [part] = differingParts(await bothSides({ before, after }, ask));
    if (part === undefined) return undefined;
    first += part * width;
    if (width === 1) return first;
  }
}

/** Some of the rows of one event that only one side has, as JSON. */
export async function divergentRows(
  sides: Pair<SqlReader>,
  table: string,
  position: number,
): Promise<Pair<readonly string[]>> {
  const parts = differingParts(
    await bothSides(sides, (side) => side.all(ofTable(eventParts, table), { position })),
  );
  const params = { position, parts: parts.slice(0, MOST_PARTS) };
  const { before, after } = await bothSides(sides, (side) => side.all(ofTable(eventRows, table), params));
  return { before: onlyIn(before, after), after: onlyIn(after, before) };
}

type HashedRow = { readonly hash: string; readonly row: string };

/** Counts duplicates: a row that one side has twice and the other once is in the difference. */
function onlyIn(these: readonly HashedRow[], those: readonly HashedRow[]): string[] {
  const counts = new Map<string, number>();
  for (const { hash } of those) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const left = these.filter(({ hash }) => {
    const count = counts.get(hash) ?? 0;
    counts.set(hash, count - 1);
    return count <= 0;
  });
  return left.slice(0, SHOWN_ROWS).map(({ row }) => row);
}
