import { withTexts } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import type { Engine, Insert } from '../engine.ts';
import type { TableName } from '../native/block.ts';

/** A table with this prefix is the shadow of the table with the rest of its name. No live table has the prefix. */
const PREFIX = 'next_';

const TABLE_NAMES = /\btributary\.(?=[a-z])/g;

export const isShadowName = (name: string): boolean => name.startsWith(PREFIX);

export const shadowName = (table: TableName): TableName =>
  `tributary.${PREFIX}${table.slice('tributary.'.length)}`;

/** Reads the shadow tables; queries name the live ones. */
export const shadowReader = (reader: SqlReader): SqlReader => ({
  all: (query, params) => reader.all(withTexts(query, shadowSql), params),
});

/** The same engine, in which every name of a table means its shadow. Closing it closes the engine. */
export const shadowEngine = (engine: Engine): Engine => ({
  ...engine,
  reader: shadowReader(engine.reader),
  encoder: (table) => engine.encoder(shadowName(table)),
  insert: (batch) => engine.insert(shadowInsert(batch)),
  command: (sql) => engine.command(shadowSql(sql)),
});

/** A block is already for the shadow table, because an encoder of this engine built it. */
const shadowInsert = (batch: Insert): Insert =>
  'block' in batch ? batch : { ...batch, table: shadowName(batch.table) };

const shadowSql = (sql: string): string => sql.replaceAll(TABLE_NAMES, `tributary.${PREFIX}`);
