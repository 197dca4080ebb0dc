import type { Row, TableRows } from '@tributary/kernel';

/** The rows of one table that a projection made row by row; none where it made them by column. */
export function rowsOf(tables: TableRows, table: string): readonly Row[] {
  const rows = tables[table] ?? [];
  return 'columns' in rows ? [] : rows;
}
