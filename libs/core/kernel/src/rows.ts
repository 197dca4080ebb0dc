/** A value of a row, as the engine's column types accept it. UInt64 accepts number and bigint. */
export type Cell =
  string | number | bigint | boolean | null | readonly Cell[] | { readonly [key: string]: Cell };

/** A row of a projection: column name to value. */
export type Row = { readonly [column: string]: Cell };

/**
 * Rows by column, for telemetry. Each column is a list of `count` values, or one value for all rows. A map column may
 * also be a record with such a list for each key.
 */
export type ColumnarRows = {
  readonly count: number;
  readonly columns: { readonly [column: string]: unknown };
};

/** Rows by table: the result of projecting a fact. */
export type TableRows = { readonly [table: string]: readonly Row[] | ColumnarRows };
