import { Fault, type Row } from '@tributary/kernel';
import { isList } from './codec.ts';
import { codecOf } from './codec-of.ts';
import { blockBuilder, type ColumnWriters } from './block-builder.ts';

export type TableName = `tributary.${string}`;

/** A column of a table. `hasDefault`: the engine can compute its values. */
export type Column = { readonly name: string; readonly type: string; readonly hasDefault: boolean };

/** Rows of one table in the engine's Native format. Nothing else uses its bytes. */
export type Block = {
  readonly table: TableName;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly wire: string }[];
  readonly bytes: Uint8Array;
};

/** Per column the values of all rows: an array, a typed array, or one constant. */
export type Columns = { readonly [column: string]: unknown };

/** Builds a block from several portions. After a fault it must not be used again. */
export type BlockBuilder = {
  add(rows: readonly Row[]): void;
  /** Like `add`, by column, for `count` rows. A map column may be a record with one list per key. */
  addColumns(columns: Columns, count: number): void;
  finish(): Block;
};

/** Throws Fault `unknown_column`, `bad_value`, `partial_default`, `uneven_columns`, `batch_too_large`. */
export type TableEncoder = {
  /**
   * Encodes rows. A missing key becomes zero, empty or null. A column with a DEFAULT must be given by all rows or by
   * none; if by none, the engine computes it.
   */
  rows(rows: readonly Row[]): Block;
  /** Encodes columns: arrays and typed arrays of one length; any other value is repeated for all rows. */
  columns(columns: Columns): Block;
  /** Encodes in portions, so that the event loop can run between them. */
  builder(): BlockBuilder;
};

/** Compiles the encoder of a table. It can build several blocks at a time. Throws Fault `unknown_table`, `unsupported_type`. */
export function tableEncoder(table: TableName, columns: readonly Column[]): TableEncoder {
  if (columns.length === 0)
    throw new Fault('unknown_table', `${table} does not exist: apply the migrations first`);
  const codecs = columns.map((column) => ({ ...column, codec: codecOf(column.type) }));
  const spare: ColumnWriters[] = [];
  const builder = () => {
    const writers = spare.pop() ?? {
      parts: codecs.map((column) => ({ ...column, writer: column.codec.writer(), given: 0 })),
      bytesPerRow: 0,
    };
    return blockBuilder(table, writers, () => spare.push(writers));
  };

  return {
    builder,
    rows(rows) {
      const block = builder();
      block.add(rows);
      return block.finish();
    },
    columns(given) {
      const block = builder();
      const count = lengthOf(table, given);
      block.addColumns(given, count);
      return block.finish();
    },
  };
}

function lengthOf(table: TableName, columns: Columns): number {
  let count: number | undefined;
  for (const [name, value] of Object.entries(columns)) {
    if (!isList(value)) continue;
    count ??= value.length;
    if (value.length === count) continue;
    throw new Fault(
      'uneven_columns',
      `${table}, column ${name}: ${value.length} values, but other columns have ${count}`,
    );
  }
  if (count === undefined)
    throw new Fault('uneven_columns', `${table}: at least one column must be an array`);
  return count;
}
