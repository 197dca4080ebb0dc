import type { Query, TableRows } from '@tributary/kernel';
import type { Fact } from './catalogue.ts';
import type { Upcaster } from './upcast.ts';

/** Columns of every row: the position of its event in the log, and its record time in microseconds since 1970. */
export type Stamp = { readonly _position: number; readonly recorded_at: number };

/** A table that views fill, and how many of its keys or ranges are not what the tables that it comes from say. */
export type DifferingRollup = { readonly table_name: string; readonly differing: number };

/** Derives the rows of a context from its facts. Pure: the same fact and stamp give the same rows. */
export type Projection = {
  readonly context: string;
  /** Tables that receive the rows. A rebuild fills exactly these again. */
  readonly tables: readonly string[];
  /** Raised when the same facts give other rows, so that the tables are rebuilt. 1 where absent. */
  readonly version?: number;
  /** Upcasters for earlier major versions of the context's facts. */
  readonly upcasters?: readonly Upcaster[];
  /** Compares the tables that views fill with those that they come from. Each answers with what differs; bounded memory. */
  readonly rollups?: readonly Query<Record<string, never>, DifferingRollup>[];
  project(fact: Fact, stamp: Stamp): TableRows;
  /**
   * The same rows in the same order, in parts, for facts whose rows are too many to hold at once. A part without rows lets
   * others have their turn.
   */
  projectInParts?(fact: Fact, stamp: Stamp): Iterable<TableRows>;
};
