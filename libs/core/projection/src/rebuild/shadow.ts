import type { SqlReader } from '@tributary/kernel';
import type { TableName } from '../sink.ts';

/** What tells each table from another one of its name, by the live name. */
export type Marks = Readonly<Record<string, string>>;

/** Where tables can be filled while the live ones are read. The engine's side of a rebuild. */
export type Shadow = {
  readonly live: SqlReader;
  /** Asks the tables beside; queries name the live ones. */
  readonly beside: SqlReader;
  /** Of a table beside the live one. */
  nameOf(table: TableName): TableName;
  /** Makes it empty, as the live tables were made; what was left of an earlier one goes. */
  make(): Promise<void>;
  /** Of the tables beside, by the live names. */
  marks(tables: readonly string[]): Promise<Marks>;
  /** Puts the marked tables in the place of the live ones. A table that is in its place stays there. */
  exchange(marks: Marks): Promise<void>;
  drop(): Promise<void>;
};
