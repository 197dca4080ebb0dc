/** A value of a row, as the engine's column types take it. UInt64 accepts number and bigint. */
export type Cell =
  string | number | bigint | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

/** A row of a projection: column name to value. */
export type Row = { readonly [column: string]: Cell };

/**
 * Rows by column, for telemetry: every column is a list of `count` values or one value for all rows; a map column may
 * also be a record of such lists, one a key.
 */
export type ColumnarRows = {
  readonly count: number;
  readonly columns: { readonly [column: string]: unknown };
};

/** Rows by table, what a projection makes of a fact. */
export type TableRows = { readonly [table: string]: readonly Row[] | ColumnarRows };
