import type { Engine, TableName } from '@tributary/clickhouse';

/** The rows of a query, unchecked. */
export const queryRows = (
  engine: Engine,
  sql: string,
  params: Record<string, unknown> = {},
): Promise<Record<string, unknown>[]> =>
  engine.reader.all({ name: 'test', sql, params: as(), row: as() }, params);

const as = () => ({ parse: (value: unknown) => value as Record<string, unknown> });

export async function countRows(engine: Engine, table: TableName): Promise<number> {
  const [row] = await queryRows(engine, `SELECT count() AS rows FROM ${table}`);
  return Number(row?.['rows']);
}
