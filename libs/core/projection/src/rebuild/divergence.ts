import { formatEventPosition } from '@tributary/kernel';
import type { Position, SqlReader } from '@tributary/kernel';
import { divergentPlace, divergentRows } from './divergent-event.ts';
import { divergentKey } from './divergent-key.ts';
import { sidesOf } from './pair.ts';
import type { Pair } from './pair.ts';
import { shape } from './comparison-queries.ts';
import type { Rollup } from './comparison-queries.ts';
import type { ShadowReaders } from './shadow.ts';

/** Where a table begins to differ from what the log says. Rows are JSON texts, at most three of each side. */
export type Divergence = {
  readonly table: string;
  /** Of the first event whose rows differ; absent where a rollup's rows come from many. */
  readonly position?: Position;
  /** Of the event there; absent where the log holds none. */
  readonly type?: string;
  /** The first key of a rollup whose merged rows differ, as JSON text. */
  readonly key?: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** The first divergence of one table; undefined where both sides are equal. Both have to hold still meanwhile. */
export async function firstDivergence(
  readers: ShadowReaders,
  table: string,
): Promise<Divergence | undefined> {
  const sides = sidesOf(readers);
  const rollup = await rollupOf(readers.live, table);
  if (rollup) {
    const found = await divergentKey(sides, rollup);
    return found && { table, ...found };
  }
  const place = await divergentPlace(sides, table);
  return place === undefined ? undefined : divergenceAt(sides, table, place);
}

/** The divergence at the smallest position among tables that differ; of a rollup only where no other table has one. */
export async function firstDivergenceAmong(
  readers: ShadowReaders,
  tables: readonly string[],
): Promise<Divergence | undefined> {
  const sides = sidesOf(readers);
  let first: { readonly table: string; readonly place: number } | undefined;
  for (const table of tables) {
    const place = (await rollupOf(readers.live, table)) ? undefined : await divergentPlace(sides, table);
    if (place !== undefined && place < (first?.place ?? Infinity)) first = { table, place };
  }
  if (first) return divergenceAt(sides, first.table, first.place);
  const [rollup] = tables;
  return rollup === undefined ? undefined : firstDivergence(readers, rollup);
}

async function divergenceAt(sides: Pair<SqlReader>, table: string, place: number): Promise<Divergence> {
  return { table, position: formatEventPosition(place), ...(await divergentRows(sides, table, place)) };
}

/** What a table is keyed by where its rows come from no single event. */
async function rollupOf(reader: SqlReader, table: string): Promise<Rollup | undefined> {
  const columns = await reader.all(shape, { table });
  if (columns.some(({ name }) => name === '_position')) return undefined;
  const inKey = columns.filter(({ key_place }) => key_place > 0);
  return {
    table,
    key: inKey.toSorted((left, right) => left.key_place - right.key_place).map(({ name }) => name),
    partial: columns.filter(({ type }) => type.startsWith('AggregateFunction(')).map(({ name }) => name),
  };
}
