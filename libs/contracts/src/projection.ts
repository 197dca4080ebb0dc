import type { TableRows } from '@tributary/kernel';
import type { Fact } from './catalogue.ts';

/** Columns that every row carries: where in the log it comes from, and when (µs) that was recorded. */
export type Stamp = { readonly _position: number; readonly recorded_at: number };

/** How a context turns its facts into rows. Pure: the same fact and stamp give the same rows. */
export type Projection = {
  readonly context: string;
  /** Tables that the rows go to; a rebuild empties and fills exactly these. */
  readonly tables: readonly string[];
  project(fact: Fact, stamp: Stamp): TableRows;
};
