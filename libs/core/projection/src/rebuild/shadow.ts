import type { SqlReader } from '@tributary/kernel';
import type { TableName } from '../sink.ts';

/** What tells each table from another one of its name (its UUID), by the live name. */
export type TableMarks = Readonly<Record<string, string>>;

/** A second set of tables, which can be filled while the live ones are read. The engine's side of a rebuild. */
export type ShadowTables = {
  readonly live: SqlReader;
  /** Reads the shadow tables; queries name the live ones. */
  readonly shadow: SqlReader;
  /** The name of the shadow table of a live one. */
  nameOf(table: TableName): TableName;
  /** Makes empty shadow tables, as the migrations made the live ones. Earlier shadow tables are dropped. */
  make(): Promise<void>;
  /** The marks of the shadow tables, by the live names. Throws Fault `shadow_lost` where one is missing. */
  marks(tables: readonly string[]): Promise<TableMarks>;
  /**
   * Puts the marked tables in the place of the live ones. A table that is in its place already stays there. Throws
   * Fault `shadow_lost` where a marked table is in neither place.
   */
  exchange(marks: TableMarks): Promise<void>;
  drop(): Promise<void>;
};

/** Both sides of a comparison. */
export type ShadowReaders = Pick<ShadowTables, 'live' | 'shadow'>;
