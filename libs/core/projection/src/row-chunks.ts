import type { ColumnarRows, Row } from '@tributary/kernel';
import { weightOf } from './row-bytes.ts';

export type Rows = readonly Row[] | ColumnarRows;

/** Rows that are added to a block at once, their number and an upper bound of their bytes. */
export type RowChunk = { readonly rows: Rows; readonly count: number; readonly bytes: number };

const MAX_ROWS = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** All rows as one chunk; undefined where they exceed the size of a chunk. A single row is always a chunk. */
export function wholeChunk(rows: Rows): RowChunk | undefined {
  const count = countOf(rows);
  const bytes = weightOf(rows);
  return count <= 1 || (count <= MAX_ROWS && bytes <= MAX_BYTES) ? { rows, count, bytes } : undefined;
}

/**
 * The rows of one fact and table in chunks, by repeated halving. Depends on the rows alone, so that a replay makes the
 * same chunks.
 */
export function* chunksOf(rows: Rows): Generator<RowChunk> {
  const whole = wholeChunk(rows);
  if (whole) return yield whole;
  const middle = Math.ceil(countOf(rows) / 2);
  yield* chunksOf(sliceRows(rows, 0, middle));
  yield* chunksOf(sliceRows(rows, middle, countOf(rows)));
}

export const countOf = (rows: Rows): number => ('count' in rows ? rows.count : rows.length);

function sliceRows(rows: Rows, from: number, to: number): Rows {
  if (!('count' in rows)) return rows.slice(from, to);
  const columns = Object.entries(rows.columns).map(([name, column]) => [name, sliceColumn(column, from, to)]);
  return { count: to - from, columns: Object.fromEntries(columns) };
}

/** Slices a list, or each list of a map; a constant is not changed. */
function sliceColumn(column: unknown, from: number, to: number): unknown {
  if (isList(column)) return column.slice(from, to);
  if (typeof column !== 'object' || column === null) return column;
  return Object.fromEntries(
    Object.entries(column).map(([key, list]) => [key, isList(list) ? list.slice(from, to) : list]),
  );
}

type List = { readonly length: number; slice(from: number, to: number): unknown };

const isList = (value: unknown): value is List =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
