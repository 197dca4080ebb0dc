/** Where a document was read. */
export type SourceRow = { readonly path: string; readonly row: number };

/** The source row that a row of a Parquet file names; undefined where it names none, as where a cell is null. */
export function sourceRow({
  parquet_path: path,
  parquet_row: number,
}: Readonly<Record<string, unknown>>): SourceRow | undefined {
  const row = typeof number === 'bigint' ? Number(number) : number;
  const isRow = typeof row === 'number' && Number.isSafeInteger(row) && row >= 0;
  return typeof path === 'string' && path !== '' && isRow ? { path, row } : undefined;
}
