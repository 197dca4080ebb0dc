import { appendAll } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { ofTable, partChecks, storedTables } from './check-queries.ts';
import { found, readable } from './check-tables.ts';
import type { TablesFinding } from './check-tables.ts';

/**
 * Compares every byte of tables with the checksums of their parts, and names the first part of each table that cannot be
 * read: a damaged column is found by no comparison of positions. Tables that a later version adds are not there yet.
 * Names come from this program only. Throws the faults of the reader.
 */
export async function checkParts(reader: SqlReader, tables: readonly string[]): Promise<TablesFinding[]> {
  const findings: TablesFinding[] = [];
  const stored = new Set((await reader.all(storedTables, {})).map(({ name }) => name));
  for (const table of tables)
    if (stored.has(table)) appendAll(findings, await readable(table, () => damagedPart(reader, table)));
  return findings;
}

async function damagedPart(reader: SqlReader, table: string): Promise<TablesFinding[]> {
  const parts = await reader.all(ofTable(partChecks, table), {});
  const [first, ...more] = parts.filter(({ is_passed }) => is_passed !== 1);
  if (!first) return [];
  const others = more.length === 0 ? '' : `, and ${more.length} more parts of it`;
  return [
    found(
      'table_unreadable',
      `${table} cannot be read: part ${first.part_path} is damaged (${first.message})${others}`,
    ),
  ];
}
