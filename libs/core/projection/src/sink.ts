import type { ColumnarRows, Lease, Row } from '@tributary/kernel';

export type TableName = `tributary.${string}`;

/** Encodes rows into one block of a table. */
export type BlockBuilder<Block> = {
  add(rows: readonly Row[]): void;
  addColumns(columns: ColumnarRows['columns'], count: number): void;
  finish(): Block;
};

/** Where rows are inserted. `insert` ignores a block whose token it has already inserted. */
export type Sink<Block = unknown> = {
  openBlock(table: TableName): Promise<BlockBuilder<Block>>;
  insert(batch: {
    readonly token: string;
    readonly block: Block;
    /** Checked before each attempt, where another process may take the insert over. */
    readonly lease?: Lease;
  }): Promise<void>;
  /** Removes every row of a table. */
  empty(table: TableName): Promise<void>;
};
