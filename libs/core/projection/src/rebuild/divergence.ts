import { formatEventPosition } from '@tributary/kernel';
import type { Position, SqlReader } from '@tributary/kernel';
import { divergentPosition, divergentRows } from './divergent-event.ts';
import { divergentKey } from './divergent-key.ts';
import { sidesOf } from './pair.ts';
import type { Pair } from './pair.ts';
import { shape } from './comparison-queries.ts';
import type { Rollup } from './comparison-queries.ts';
import type { ShadowReaders } from './shadow.ts';

/** Where the live table first differs from the rebuilt one. Rows are JSON, at most three of each side. */
export type Divergence = {
  readonly table: string;
  /** Position of the first event whose rows differ; absent for a rollup, whose rows come from many events. */
  readonly position?: Position;
  /** Type of that event; absent where the log has none there. */
  readonly type?: string;
  /** The first key of a rollup whose merged rows differ, as JSON. */
  readonly key?: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
};

/** The first divergence of one table; undefined where both sides are equal. Neither side may change meanwhile. */
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
  const position = await divergentPosition(sides, table);
  return position === undefined ? undefined : divergenceAt(sides, table, position);
}

/** The divergence at the smallest position among tables that differ; of a rollup only where no other table has one. */
export async function firstDivergenceAmong(
  readers: ShadowReaders,
  tables: readonly string[],
): Promise<Divergence | undefined> {
  const sides = sidesOf(readers);
  let first: { readonly table: string; readonly position: number } | undefined;
  for (const table of tables) {
    const position = (await rollupOf(readers.live, table))
      ? undefined
      : await divergentPosition(sides, table);
    if (position !== undefined && position < (first?.position ?? Infinity)) first = { table, position };
  }
  if (first) return divergenceAt(sides, first.table, first.position);
  const [rollup] = tables;
  return rollup === undefined ? undefined : firstDivergence(readers, rollup);
}

async function divergenceAt(sides: Pair<SqlReader>, table: string, position: number): Promise<Divergence> {
  return { table, position: formatEventPosition(position), ...(await divergentRows(sides, table, position)) };
}

/** The key and the aggregate columns of a rollup; undefined where the rows of the table have positions. */
async function rollupOf(reader: SqlReader, table: string): Promise<Rollup | undefined> {
  const columns = await reader.all(shape, { table });
  if (columns.some(({ name }) => name === '_position')) return undefined;
  const inKey = columns.filter(({ key_index }) => key_index > 0);
  return {
    table,
    key: inKey.toSorted((left, right) => left.key_index - right.key_index).map(({ name }) => name),
    partial: columns.filter(({ type }) => type.startsWith('AggregateFunction(')).map(({ name }) => name),
  };
}
