import { setImmediate } from 'node:timers/promises';
import { Fault, type Row } from '@tributary/kernel';
import type { Insert } from './engine.ts';
import { tableEncoder, type Block, type Column, type TableEncoder, type TableName } from './native/block.ts';
import { identifier, quoted } from './statement.ts';

/** The columns an insert may give, in their order. */
export const columnsSql = (table: TableName): string =>
  `SELECT name, type, default_kind FROM system.columns
   WHERE database = 'tributary' AND table = ${quoted(bareName(table))} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
   ORDER BY position`;

export type Encoders = {
  of(table: TableName): Promise<TableEncoder>;
  block(batch: Insert): Promise<Block>;
  forget(): void;
};

/** One encoder a table, compiled from the engine's own description of it. */
export function encoders(
  describe: (table: TableName) => Promise<readonly Record<string, unknown>[]>,
): Encoders {
  const compiled = new Map<TableName, Promise<TableEncoder>>();

  const compile = async (table: TableName): Promise<TableEncoder> => {
    const columns = await describe(table);
    return tableEncoder(table, columns.map(columnOf));
  };

  const of = (table: TableName): Promise<TableEncoder> => {
    const known = compiled.get(table);
    if (known) return known;
    const encoder = compile(table);
    compiled.set(table, encoder);
    encoder.catch(() => compiled.delete(table));
    return encoder;
  };

  return {
    of,
    block: async (batch) => ('block' in batch ? batch.block : encode(await of(batch.table), batch.rows)),
    forget: () => compiled.clear(),
  };
}

/** About 4 ms of encoding; then the event loop gets its turn. */
const CHUNK_ROWS = 5000;

async function encode(encoder: TableEncoder, rows: readonly Row[]): Promise<Block> {
  const block = encoder.builder();
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    if (from > 0) await setImmediate();
    block.add(rows.slice(from, from + CHUNK_ROWS));
  }
  return block.finish();
}

const columnOf = (row: Record<string, unknown>): Column => ({
  name: String(row['name']),
  type: String(row['type']),
  hasDefault: row['default_kind'] !== '',
});

/** The head that both adapters share; what follows names where the bytes are. */
export function insertHead({ table, columns }: Block, token: string): string {
  if (token === '') throw new Fault('no_token', `${table}: every insert carries a token of its own`);
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  return `INSERT INTO tributary.${identifier(bareName(table))} (${names}) SETTINGS insert_deduplication_token=${quoted(token)}, async_insert=0`;
}

function bareName(table: TableName): string {
  const [database, name = '', ...rest] = table.split('.');
  if (database === 'tributary' && name !== '' && rest.length === 0) return name;
  throw new Fault('unqualified_table', `"${table}": tables are named tributary.<table>`);
}
