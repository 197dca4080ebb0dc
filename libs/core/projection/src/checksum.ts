import { query } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { z } from 'zod';

const nothing = z.object({});
const sum = z.object({ row_count: z.coerce.number(), checksum: z.string() });
const checksum = query(import.meta.url, 'checksum', { params: nothing, row: sum });
const checksumRollup = query(import.meta.url, 'checksum-rollup', { params: nothing, row: sum });
const rollups = query(import.meta.url, 'rollups', { params: nothing, row: z.object({ name: z.string() }) });

export type TableChecksum = { readonly table: string; readonly rows: number; readonly checksum: string };

/** Rows and an order-independent checksum of each table; rollups are merged first. Names come from projections only. */
export async function checksums(reader: SqlReader, tables: readonly string[]): Promise<TableChecksum[]> {
  const partial = await rollupNames(reader);
  const sums: TableChecksum[] = [];
  for (const table of tables) {
    const [row] = await reader.all(of(table, partial.has(table)), {});
    sums.push({ table, rows: row?.row_count ?? 0, checksum: row?.checksum ?? '' });
  }
  return sums;
}

/** Tables that hold partial rows. */
export const rollupNames = async (reader: SqlReader): Promise<ReadonlySet<string>> =>
  new Set((await reader.all(rollups, {})).map(({ name }) => name));

/** Tables are no parameters: their names are constants of this program and go into the text. */
function of(table: string, isRollup: boolean) {
  if (isRollup)
    return {
      ...checksumRollup,
      sql: checksumRollup.sql.replace('training_run_latest FINAL', `${table} FINAL`),
    };
  return { ...checksum, sql: checksum.sql.replace('tributary.schema_migration', `tributary.${table}`) };
}
