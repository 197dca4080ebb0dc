import type { Lease, Row, SqlReader } from '@tributary/kernel';
import type { Block, TableEncoder, TableName } from './native/block.ts';

/** Rows for one table with a deduplication token. Other rows with the same token are dropped, at any time later. */
export type Insert = (
  | { readonly table: TableName; readonly token: string; readonly rows: readonly Row[] }
  | { readonly token: string; readonly block: Block }
) & {
  /** Checked before each attempt of an insert into servers. Its loss ends the attempts. */
  readonly lease?: Lease;
};

/** Queries that wait until they can begin. A question asks many at once, and each is small. */
export const QUERIES_WAITING = 2_000;

/**
 * The query engine, embedded or on servers. Its faults: `engine_refused` (retryable for some codes), `part_damaged`, `query_overdue`
 * and `engine_unreachable` (both retryable), `credentials_refused`, `not_clickhouse`, `several_statements`.
 */
export type Engine = {
  readonly version: string;
  /** Also throws `bad_parameter`, `unexpected_row`, and `engine_busy` (retryable) for a query that could not begin in time. */
  readonly reader: SqlReader;
  /** Encodes rows or columns before an insert. Compiled at first use, and again after a command. Throws Fault `unknown_table`, `unsupported_type`. */
  encoder(table: TableName): Promise<TableEncoder>;
  /**
   * Inserts at most 300,000 rows and 64 MiB. Resolves when the table and its views have them. Sends nothing if there are
   * no rows. Also throws `disk_full` (retryable), `no_token` and the faults of `TableEncoder`. Inserts and commands wait
   * for the ones before them without a limit: nobody waits for their answer, and whoever repeated one that gave up would
   * put it behind all the others.
   */
  insert(batch: Insert): Promise<void>;
  /** Runs one statement that defines or changes something. */
  command(sql: string): Promise<void>;
  /** Waits for running statements, then closes. */
  close(): Promise<void>;
};
