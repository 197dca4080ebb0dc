import type { SqlReader } from '@tributary/kernel';
import type { Engine, Insert } from '../engine.ts';
import type { TableName } from '../native/block.ts';

/** No context is called so: a table of this prefix stands beside the table of the rest of its name. */
const PREFIX = 'next_';

const NAMES = /\btributary\.(?=[a-z])/g;

export const isBeside = (name: string): boolean => name.startsWith(PREFIX);

export const besideName = (table: TableName): TableName =>
  `tributary.${PREFIX}${table.slice('tributary.'.length)}`;

/** Asks the tables beside what was written for the live ones. */
export const readerBeside = (reader: SqlReader): SqlReader => ({
  all: (query, params) => reader.all({ ...query, sql: textBeside(query.sql) }, params),
});

/** The same engine, where every name of a table means the one beside it. Its end is the engine's. */
export const engineBeside = (engine: Engine): Engine => ({
  ...engine,
  reader: readerBeside(engine.reader),
  encoder: (table) => engine.encoder(besideName(table)),
  insert: (batch) => engine.insert(insertBeside(batch)),
  command: (sql) => engine.command(textBeside(sql)),
});

/** A block knows its table: it was filled by an encoder of this engine. */
const insertBeside = (batch: Insert): Insert =>
  'block' in batch ? batch : { ...batch, table: besideName(batch.table) };

const textBeside = (sql: string): string => sql.replaceAll(NAMES, `tributary.${PREFIX}`);
