import type { ColumnarRows, Row } from '@tributary/kernel';
import { weightOf } from './row-bytes.ts';

export type Rows = readonly Row[] | ColumnarRows;

/** Rows that go into a block at once, and what they weigh. */
export type RowChunk = { readonly rows: Rows; readonly count: number; readonly bytes: number };

const MAX_ROWS = 10_000;
const MAX_BYTES = 8 * 1024 * 1024;

/** All rows as one piece, where a block has room for them; a single row always is one. */
export function wholeChunk(rows: Rows): RowChunk | undefined {
  const count = countOf(rows);
  const bytes = weightOf(rows);
  return count <= 1 || (count <= MAX_ROWS && bytes <= MAX_BYTES) ? { rows, count, bytes } : undefined;
}

/**
 * What one fact makes of a table, in halves of halves that a block has room for. Depends on the rows alone, so that a
 * replay cuts where the first try did.
 */
export function* chunksOf(rows: Rows): Generator<RowChunk> {
  const whole = wholeChunk(rows);
  if (whole) return yield whole;
  const middle = Math.ceil(countOf(rows) / 2);
  yield* chunksOf(cut(rows, 0, middle));
  yield* chunksOf(cut(rows, middle, countOf(rows)));
}

export const countOf = (rows: Rows): number => ('count' in rows ? rows.count : rows.length);

function cut(rows: Rows, from: number, to: number): Rows {
  if (!('count' in rows)) return rows.slice(from, to);
  const columns = Object.entries(rows.columns).map(([name, column]) => [name, cutColumn(column, from, to)]);
  return { count: to - from, columns: Object.fromEntries(columns) };
}

/** A list by its items, a map by the lists of its keys; a constant stays. */
function cutColumn(column: unknown, from: number, to: number): unknown {
  if (isList(column)) return column.slice(from, to);
  if (typeof column !== 'object' || column === null) return column;
  return Object.fromEntries(
    Object.entries(column).map(([key, list]) => [key, isList(list) ? list.slice(from, to) : list]),
  );
}

type List = { readonly length: number; slice(from: number, to: number): unknown };

const isList = (value: unknown): value is List =>
  Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
