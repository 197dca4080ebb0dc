import type { ColumnarRows, Row } from '@tributary/kernel';

export type TableName = `tributary.${string}`;

/** The rows of one block while it grows. */
export type BlockBuilder<Block> = {
  add(rows: readonly Row[]): void;
  addColumns(columns: ColumnarRows['columns'], count: number): void;
  finish(): Block;
};

/** Where rows go. `insert` drops what it has already taken under the same token. */
export type Sink<Block = unknown> = {
  openBlock(table: TableName): Promise<BlockBuilder<Block>>;
  insert(batch: { readonly token: string; readonly block: Block }): Promise<void>;
  /** Removes every row of a table. */
  empty(table: TableName): Promise<void>;
};
