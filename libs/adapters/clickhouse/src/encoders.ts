import { Fault, nextTurn, type Row } from '@tributary/kernel';
import type { Insert } from './engine.ts';
import { tableEncoder, type Block, type Column, type TableEncoder, type TableName } from './native/block.ts';
import { identifier, quoted } from './statement.ts';

/** Selects the columns that an insert may give, in their order. Throws Fault `unqualified_table`. */
export const columnsSql = (table: TableName): string =>
  `SELECT name, type, default_kind FROM system.columns
   WHERE database = 'tributary' AND table = ${quoted(bareName(table))} AND default_kind NOT IN ('MATERIALIZED', 'ALIAS')
   ORDER BY position`;

export type Encoders = {
  of(table: TableName): Promise<TableEncoder>;
  block(batch: Insert): Promise<Block>;
  forget(): void;
};

/** One encoder per table, compiled from the engine's description of its columns. */
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

/** Rows that are encoded, in about 4 ms, before the event loop runs. */
const CHUNK_ROWS = 5000;

async function encode(encoder: TableEncoder, rows: readonly Row[]): Promise<Block> {
  const builder = encoder.builder();
  for (let from = 0; from < rows.length; from += CHUNK_ROWS) {
    if (from > 0) await nextTurn();
    builder.add(rows.slice(from, from + CHUNK_ROWS));
  }
  return builder.finish();
}

const columnOf = (row: Record<string, unknown>): Column => ({
  name: String(row['name']),
  type: String(row['type']),
  hasDefault: row['default_kind'] !== '',
});

/** The beginning of an insert statement; what follows it names the source of the bytes. Throws Fault `no_token`. */
export function insertHead({ table, columns }: Block, token: string): string {
  if (token === '') throw new Fault('no_token', `${table}: an insert needs a deduplication token`);
  const names = columns.map(({ name }) => identifier(name)).join(', ');
  return `INSERT INTO tributary.${identifier(bareName(table))} (${names}) SETTINGS insert_deduplication_token=${quoted(token)}, async_insert=0`;
}

function bareName(table: TableName): string {
  const [database, name = '', ...rest] = table.split('.');
  if (database === 'tributary' && name !== '' && rest.length === 0) return name;
  throw new Fault('unqualified_table', `"${table}" is not the name of a table: use tributary.<table>`);
}
