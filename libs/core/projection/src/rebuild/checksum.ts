import { query } from '@tributary/kernel';
import type { Query, SqlReader } from '@tributary/kernel';
import { z } from 'zod';

const none = z.object({});
const sum = z
  .object({ row_count: z.coerce.number(), checksum: z.string() })
  .transform(({ row_count: rows, checksum }) => ({ rows, checksum }));
const checksum = query(import.meta.url, 'checksum', { params: none, row: sum });
const checksumRollup = query(import.meta.url, 'checksum-rollup', { params: none, row: sum });
const rollups = query(import.meta.url, 'rollups', { params: none, row: z.object({ name: z.string() }) });

/** Rows and an order-independent checksum of them: the sum of their 64-bit hashes modulo 2^64, in decimal digits. */
export type RowSum = z.infer<typeof sum>;

export const NO_ROWS: RowSum = { rows: 0, checksum: '0' };

/** Of a table that the engine refuses to read, because a part of it is damaged. */
export const UNREADABLE: RowSum = { rows: 0, checksum: 'unreadable' };

export type TableChecksum = RowSum & { readonly table: string };

/** Rows and an order-independent checksum of each table. Rollups are merged first. Names come from projections only. */
export async function checksums(reader: SqlReader, tables: readonly string[]): Promise<TableChecksum[]> {
  const partial = await rollupNames(reader);
  const sums: TableChecksum[] = [];
  for (const table of tables) sums.push({ table, ...(await rowSum(reader, table, partial.has(table))) });
  return sums;
}

/** The sum of one table's rows. */
export async function rowSum(reader: SqlReader, table: string, isRollup: boolean): Promise<RowSum> {
  const [row] = await reader.all(checksumOf(table, isRollup), {});
  return row ?? NO_ROWS;
}

/** The sum of the rows of both. */
export const sumOf = (left: RowSum, right: RowSum): RowSum =>
  left === UNREADABLE || right === UNREADABLE
    ? UNREADABLE
    : {
        rows: left.rows + right.rows,
        checksum: String(BigInt.asUintN(64, BigInt(left.checksum) + BigInt(right.checksum))),
      };

/** Tables of partial rows, which are merged when they are read. */
export const rollupNames = async (reader: SqlReader): Promise<ReadonlySet<string>> =>
  new Set((await reader.all(rollups, {})).map(({ name }) => name));

/** A table's name cannot be a parameter. It is a constant of this program and goes into the text. */
function checksumOf(table: string, isRollup: boolean): Query<Record<string, never>, RowSum> {
  if (isRollup)
    return {
      ...checksumRollup,
      sql: checksumRollup.sql.replace('training_run_latest FINAL', `${table} FINAL`),
    };
  return { ...checksum, sql: checksum.sql.replace('tributary.schema_migration', `tributary.${table}`) };
}
