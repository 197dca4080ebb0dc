import type { Row, SqlReader } from '@tributary/kernel';
import type { Block, TableEncoder, TableName } from './native/block.ts';

/** Rows for one table under one token. A token names one content for ever: a second one would be dropped. */
export type Insert =
  | { readonly table: TableName; readonly token: string; readonly rows: readonly Row[] }
  | { readonly token: string; readonly block: Block };

/** The query engine, embedded or on servers. */
export type Engine = {
  readonly version: string;
  readonly reader: SqlReader;
  /** Encodes ahead of an insert, by rows or by columns. Compiled at first use, again after a command. */
  encoder(table: TableName): Promise<TableEncoder>;
  /** At most 300,000 rows and 64 MiB; done when the table and its views hold them. Nothing is sent for no rows. */
  insert(batch: Insert): Promise<void>;
  /** One statement that defines or changes something. */
  command(sql: string): Promise<void>;
  /** Waits for what is under way. */
  close(): Promise<void>;
};
