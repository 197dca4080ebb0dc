import type { ColumnarRows, Lease, Row } from '@tributary/kernel';

export type TableName = `tributary.${string}`;

/** Encodes rows into one block of a table. */
export type BlockBuilder<Block> = {
  add(rows: readonly Row[]): void;
  addColumns(columns: ColumnarRows['columns'], count: number): void;
  finish(): Block;
};

/** Which rows of the log a block has, so that it can be looked for in its table. Positions are packed. */
export type BlockRange = {
  readonly table: string;
  /** Its batch has the positions after `after`, up to `until`. */
  readonly after: number;
  readonly until: number;
  /** Rows of the table in earlier blocks of the batch, which are inserted, and in this block. */
  readonly before: number;
  readonly rows: number;
  /** Rows of the table in all blocks of the batch. */
  readonly total: number;
};

/** Where rows are inserted. `insert` ignores a block whose token it has already inserted. */
export type Sink<Block = unknown> = {
  openBlock(table: TableName): Promise<BlockBuilder<Block>>;
  insert(batch: {
    readonly token: string;
    readonly block: Block;
    /** Checked before each attempt, where another process may take the insert over. */
    readonly lease?: Lease;
    /** Undefined where the block may be repeated at any time. */
    readonly range?: BlockRange;
  }): Promise<void>;
  /** Removes every row of a table. */
  empty(table: TableName): Promise<void>;
};
