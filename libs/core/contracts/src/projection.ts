import type { TableRows } from '@tributary/kernel';
import type { Fact } from './catalogue.ts';
import type { Upcaster } from './upcast.ts';

/** Columns that every row carries: where in the log it comes from, and when (µs) that was recorded. */
export type Stamp = { readonly _position: number; readonly recorded_at: number };

/** How a context turns its facts into rows. Pure: the same fact and stamp give the same rows. */
export type Projection = {
  readonly context: string;
  /** Tables that the rows go to; a rebuild empties and fills exactly these. */
  readonly tables: readonly string[];
  /** Raised when the same facts make other rows; the tables are then filled again. 1 where absent. */
  readonly version?: number;
  /** How earlier majors of the context's facts are read. */
  readonly upcasters?: readonly Upcaster[];
  project(fact: Fact, stamp: Stamp): TableRows;
  /** The same rows in the same order, a part at a time, where one fact may make so many that they should not pile up. */
  projectInParts?(fact: Fact, stamp: Stamp): Iterable<TableRows>;
};
