import type { LinearPattern } from '../linear-pattern.ts';
import type { Row, RowSource } from './row.ts';

/** The column that holds the cells of the columns that a pattern matches. */
const VALUE = 'value';
const SKIP = 'skip';

/**
 * Rows in which each column that a pattern matches is a row of its own: the groups of the pattern in the name of the
 * column, its cell as `value`, and the other columns. Or the reason why no column matches.
 */
export function meltedRows(source: RowSource, pattern: LinearPattern): RowSource | string {
  const matched = source.columns.map((name) => pattern.match(name));
  const skip = pattern.groups.indexOf(SKIP);
  const melted = matched.flatMap((values, index) => (values && !values[skip] ? [{ index, values }] : []));
  if (melted.length === 0) return `no column matches the pattern ${pattern.source.slice(0, 80)}`;
  const kept = matched.flatMap((values, index) => (values ? [] : [index]));
  const names = kept.map((index) => source.columns[index] ?? '');
  return {
    ...source,
    columns: [...pattern.groups, VALUE, ...names],
    async *rows(refusals) {
      for await (const batch of source.rows(refusals))
        yield batch.flatMap(({ at, cells }): Row[] => {
          const others = kept.map((index) => cells[index]);
          return melted.map(({ index, values }) => ({ at, cells: [...values, cells[index], ...others] }));
        });
    },
  };
}
