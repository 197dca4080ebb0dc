import type { SqlReader } from '@tributary/kernel';
import type { Engine, Insert } from '../engine.ts';
import type { TableName } from '../native/block.ts';

/** No context is called so: a table of this prefix stands beside the table of the rest of its name. */
const PREFIX = 'next_';

const TABLE_NAMES = /\btributary\.(?=[a-z])/g;

export const isShadowName = (name: string): boolean => name.startsWith(PREFIX);

export const shadowName = (table: TableName): TableName =>
  `tributary.${PREFIX}${table.slice('tributary.'.length)}`;

/** Asks the tables beside what was written for the live ones. */
export const shadowReader = (reader: SqlReader): SqlReader => ({
  all: (query, params) => reader.all({ ...query, sql: shadowSql(query.sql) }, params),
});

/** The same engine, where every name of a table means the one beside it. Its end is the engine's. */
export const shadowEngine = (engine: Engine): Engine => ({
  ...engine,
  reader: shadowReader(engine.reader),
  encoder: (table) => engine.encoder(shadowName(table)),
  insert: (batch) => engine.insert(shadowInsert(batch)),
  command: (sql) => engine.command(shadowSql(sql)),
});

/** A block knows its table: it was filled by an encoder of this engine. */
const shadowInsert = (batch: Insert): Insert =>
  'block' in batch ? batch : { ...batch, table: shadowName(batch.table) };

const shadowSql = (sql: string): string => sql.replaceAll(TABLE_NAMES, `tributary.${PREFIX}`);
