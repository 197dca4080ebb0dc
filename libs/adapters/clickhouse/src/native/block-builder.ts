import { Fault, type Row } from '@tributary/kernel';
import type { Block, Column, BlockBuilder, TableName } from './block.ts';
import { InvalidValue, isList, mixedArray, type Codec, type ColumnWriter, type Values } from './codec.ts';
import { ByteWriter } from './byte-writer.ts';

const MAX_ROWS = 300_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Rows are read in slices that stay in the processor's cache while every column reads them. */
const SLICE_ROWS = 512;

type ColumnState = Column & { readonly codec: Codec; readonly writer: ColumnWriter; given: number };

/** The writers of the columns of a table, and the bytes per row in the last block. */
export type ColumnWriters = { readonly parts: readonly ColumnState[]; bytesPerRow: number };

/** Builds a block with the given writers. `release` is called when their bytes are in the block. */
export function blockBuilder(table: TableName, writers: ColumnWriters, release: () => void): BlockBuilder {
  const { parts } = writers;
  const values = mixedArray(SLICE_ROWS);
  const known = new Set(parts.map(({ name }) => name));
  let count = 0;
  for (const part of parts) {
    part.given = 0;
    part.writer.reset();
  }

  return {
    add(rows) {
      count += rows.length;
      checkSize(table, count, 0);
      let used = 0;
      let keys = 0;
      for (let from = 0; from < rows.length; from += SLICE_ROWS) {
        const to = Math.min(from + SLICE_ROWS, rows.length);
        for (let index = from; index < to; index += 1) for (const _ in rows[index]) keys += 1;
        for (const part of parts) {
          used += collectColumn(part, { rows, from, to, values });
          add(table, part, values, to - from);
        }
      }
      if (used !== keys) refuseUnknown(table, known, rows);
    },
    addColumns(columns, length) {
      refuseUnknown(table, known, [columns]);
      count += length;
      checkSize(table, count, 0);
      for (const part of parts) addColumn(table, part, columns[part.name], length);
    },
    finish() {
      const block = finish(table, writers, count);
      release();
      return block;
    },
  };
}

/** The values of a constant column; shared, because it is filled anew for each of them. */
const repeated = mixedArray(SLICE_ROWS);

type RowSlice = { rows: readonly Row[]; from: number; to: number; values: unknown[] };

/** Copies one column of a slice of rows. Returns how many rows give it. */
function collectColumn(part: ColumnState, { rows, from, to, values }: RowSlice): number {
  const { name } = part;
  const { zero } = part.codec;
  let given = 0;
  for (let index = from; index < to; index += 1) {
    const value = rows[index]?.[name];
    if (value !== undefined) given += 1;
    values[index - from] = value === undefined ? zero : value;
  }
  part.given += given;
  return given;
}

function refuseUnknown(table: TableName, known: ReadonlySet<string>, rows: readonly object[]): void {
  for (const row of rows) {
    const unknownKey = Object.keys(row).find((key) => !known.has(key));
    if (unknownKey !== undefined)
      throw new Fault('unknown_column', `${table} has no column ${JSON.stringify(unknownKey)}`);
  }
}

function addColumn(table: TableName, part: ColumnState, value: unknown, count: number): void {
  if (value !== undefined) part.given += count;
  if (isList(value)) return add(table, part, value, count);
  if (part.writer.addByKey && isLists(value)) return addByKey(table, part, value, count);
  repeated.fill(value ?? part.codec.zero, 0, Math.min(SLICE_ROWS, count));
  for (let from = 0; from < count; from += SLICE_ROWS)
    add(table, part, repeated, Math.min(SLICE_ROWS, count - from));
}

/** Whether a map column is given by key: `{loss: [...], mfu: [...]}` has one map per row. */
function isLists(value: unknown): value is Readonly<Record<string, Values>> {
  if (typeof value !== 'object' || value === null) return false;
  const lists = Object.values(value);
  return lists.length > 0 && lists.every(isList);
}

function addByKey(
  table: TableName,
  part: ColumnState,
  lists: Readonly<Record<string, Values>>,
  count: number,
): void {
  try {
    part.writer.addByKey?.(lists, count);
  } catch (cause) {
    throw inColumn(table, part, cause);
  }
}

function add(table: TableName, part: ColumnState, values: Values, count: number): void {
  try {
    part.writer.add(values, count);
  } catch (cause) {
    throw inColumn(table, part, cause);
  }
}

function inColumn(table: TableName, { name, type }: ColumnState, cause: unknown): unknown {
  if (!(cause instanceof InvalidValue)) return cause;
  return new Fault('bad_value', `${table}, column ${name} ${type}: ${cause.message}`, { cause });
}

/** Blocks of a table have similar sizes, so the capacity of the last one saves most reallocations. */
const capacityFor = (rows: number, bytesPerRow: number): number =>
  Math.ceil(rows * bytesPerRow * 1.1) + 64 * 1_024;

function finish(table: TableName, writers: ColumnWriters, rows: number): Block {
  const chosen = writers.parts.filter((part) => !isComputedByEngine(table, part, rows));
  const sink = new ByteWriter(capacityFor(rows, writers.bytesPerRow));
  sink.varint(chosen.length);
  sink.varint(rows);
  for (const part of chosen) writePart(sink, table, part);
  checkSize(table, rows, sink.at);
  writers.bytesPerRow = sink.at / Math.max(rows, 1);
  const columns = chosen.map(({ name, codec }) => ({ name, wire: codec.wire }));
  return { table, rows, columns, bytes: sink.bytes.subarray(0, sink.at) };
}

function writePart(sink: ByteWriter, table: TableName, part: ColumnState): void {
  sink.string(part.name);
  sink.string(part.codec.wire);
  part.writer.prefix(sink);
  try {
    part.writer.finish(sink);
  } catch (cause) {
    throw inColumn(table, part, cause);
  }
}

function isComputedByEngine(
  table: TableName,
  { name, hasDefault, given }: ColumnState,
  rows: number,
): boolean {
  if (!hasDefault || given === rows) return false;
  if (given === 0) return true;
  const text = `${table}, column ${name}: ${given} of ${rows} rows give it, and it has a DEFAULT`;
  throw new Fault('partial_default', `${text}; give it in all rows of a batch or in none`);
}

function checkSize(table: TableName, rows: number, bytes: number): void {
  if (rows <= MAX_ROWS && bytes <= MAX_BYTES) return;
  const text = `${table}: ${rows} rows, ${bytes} bytes`;
  throw new Fault(
    'batch_too_large',
    `${text}; a batch holds at most ${MAX_ROWS} rows and ${MAX_BYTES} bytes`,
  );
}
