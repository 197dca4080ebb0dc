import { Fault, type Row } from '@tributary/kernel';
import { isList } from './codec.ts';
import { codecOf } from './codec-of.ts';
import { blockBuilder, type ColumnWriters } from './block-builder.ts';

export type TableName = `tributary.${string}`;

/** A column of a table; `hasDefault` when its value may be computed by the engine. */
export type Column = { readonly name: string; readonly type: string; readonly hasDefault: boolean };

/** Rows of one table in the engine's Native format. It owns its bytes. */
export type Block = {
  readonly table: TableName;
  readonly rows: number;
  readonly columns: readonly { readonly name: string; readonly wire: string }[];
  readonly bytes: Uint8Array;
};

/** A value for every row: an array, a typed array, or one constant. */
export type Columns = { readonly [column: string]: unknown };

/** A block being filled. After a fault it is to be dropped. */
export type BlockBuilder = {
  add(rows: readonly Row[]): void;
  /** As `add`, by column. A map column may be a record of lists, one a key. */
  addColumns(columns: Columns, count: number): void;
  finish(): Block;
};

export type TableEncoder = {
  /**
   * A key that a row lacks becomes zero (empty, null). A column with a DEFAULT is given by every row
   * or by none; the engine computes it when none gives it. An unknown key is a fault.
   */
  rows(rows: readonly Row[]): Block;
  /** As `rows`, by column: arrays and typed arrays of one length, anything else repeated. */
  columns(columns: Columns): Block;
  /** As `rows`, piece by piece, so that no piece holds up the event loop. */
  builder(): BlockBuilder;
};

/** Compiled once per table; several blocks may be filled at a time. */
export function tableEncoder(table: TableName, columns: readonly Column[]): TableEncoder {
  if (columns.length === 0)
    throw new Fault('unknown_table', `${table} does not exist: apply the migrations first`);
  const codecs = columns.map((column) => ({ ...column, codec: codecOf(column.type) }));
  const spare: ColumnWriters[] = [];
  const begin = () => {
    const writers = spare.pop() ?? {
      parts: codecs.map((column) => ({ ...column, writer: column.codec.writer(), given: 0 })),
      bytesPerRow: 0,
    };
    return blockBuilder(table, writers, () => spare.push(writers));
  };

  return {
    builder: begin,
    rows(rows) {
      const block = begin();
      block.add(rows);
      return block.finish();
    },
    columns(given) {
      const block = begin();
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
      `${table}, column ${name}: ${value.length} values where others have ${count}`,
    );
  }
  if (count === undefined)
    throw new Fault('uneven_columns', `${table}: at least one column must be an array`);
  return count;
}
