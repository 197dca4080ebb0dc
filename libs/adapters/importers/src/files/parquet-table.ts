import { Fault, largest, smallest } from '@tributary/kernel';
import { parquetMetadata, parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { SourceFile } from './folder.ts';

/** The columns of a Parquet file by name, with the physical or logical type of each. */
export type ParquetColumns = ReadonlyMap<string, string>;

export type ParquetTable = {
  readonly columns: ParquetColumns;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly rowGroups: number;
};

/** Whether a file starts with the magic bytes of Parquet. */
export async function isParquet(file: SourceFile): Promise<boolean> {
  const [first, second, third, fourth] = await file.head();
  return first === 0x50 && second === 0x41 && third === 0x52 && fourth === 0x31;
}

/** The columns of a Parquet file. Undefined if the file is not Parquet or is truncated. */
export async function parquetColumns(file: SourceFile): Promise<ParquetColumns | undefined> {
  if (!(await isParquet(file))) return undefined;
  try {
    return columnsOf(parquetMetadata(bufferOf(await file.read())));
  } catch {
    return undefined;
  }
}

/** The rows of a Parquet file, or the reason why it cannot be read. */
export async function parquetTable(file: SourceFile): Promise<ParquetTable | string> {
  try {
    const buffer = bufferOf(await file.read());
    const metadata = parquetMetadata(buffer);
    const rows: Record<string, unknown>[] = await parquetReadObjects({ file: buffer, metadata, compressors });
    return { columns: columnsOf(metadata), rows, rowGroups: metadata.row_groups.length };
  } catch (error) {
    return `the file is not a complete Parquet file (${error instanceof Error ? error.message : 'unreadable'})`;
  }
}

/** How many rows a Parquet file has, or the reason why it cannot be read. */
export async function parquetRowCount(file: SourceFile): Promise<number | string> {
  try {
    return Number(parquetMetadata(bufferOf(await file.read())).num_rows);
  } catch (error) {
    return `the file is not a complete Parquet file (${error instanceof Error ? error.message : 'unreadable'})`;
  }
}

/** The rows of a Parquet file by its groups of rows, or the reason why the file cannot be read any further. */
export async function* parquetGroups(
  file: SourceFile,
): AsyncGenerator<readonly Readonly<Record<string, unknown>>[] | string> {
  try {
    const buffer = bufferOf(await file.read());
    const metadata = parquetMetadata(buffer);
    let rowStart = 0;
    for (const { num_rows: rows } of metadata.row_groups) {
      const rowEnd = rowStart + Number(rows);
      yield await parquetReadObjects({ file: buffer, metadata, compressors, rowStart, rowEnd });
      rowStart = rowEnd;
    }
  } catch (error) {
    yield `the file is not a complete Parquet file (${error instanceof Error ? error.message : 'unreadable'})`;
  }
}

/** A file that is read in parts: its length, and bytes from `start` to `end`. */
export type FileParts = {
  readonly byteLength: number;
  readonly slice: (start: number, end?: number) => Promise<ArrayBuffer>;
};

/**
 * Some columns of some rows of a Parquet file, by row number; the reason as a string where it cannot be read. Only the row
 * groups that hold the rows are read.
 */
export async function parquetRows(
  file: FileParts,
  columns: readonly string[],
  rows: readonly number[],
): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>> | string> {
  try {
    const metadata = await parquetMetadataAsync(file);
    const known = columnsOf(metadata);
    const absent = columns.find((column) => !known.has(column));
    if (absent !== undefined) return `the file has no column ${absent}`;
    const found = new Map<number, Readonly<Record<string, unknown>>>();
    let rowStart = 0;
    for (const { num_rows: count } of metadata.row_groups) {
      const rowEnd = rowStart + Number(count);
      const wanted = rows.filter((row) => row >= rowStart && row < rowEnd);
      const range = { rowStart: smallest(wanted), rowEnd: largest(wanted) + 1, columns: [...columns] };
      const read: Record<string, unknown>[] =
        wanted.length === 0 ? [] : await parquetReadObjects({ file, metadata, compressors, ...range });
      for (const row of wanted) found.set(row, read[row - range.rowStart] ?? {});
      rowStart = rowEnd;
    }
    return found;
  } catch (error) {
    if (error instanceof Fault) throw error;
    return `the file is not a complete Parquet file (${error instanceof Error ? error.message : 'unreadable'})`;
  }
}

function columnsOf(metadata: FileMetaData): ParquetColumns {
  const { children } = parquetSchema(metadata);
  return new Map(
    children.map(({ element }) => [
      nameOf(element),
      element.logical_type?.type ?? element.converted_type ?? element.type ?? 'GROUP',
    ]),
  );
}

/** The library gives what a damaged footer says, which may be no name at all. */
function nameOf({ name }: { readonly name?: unknown }): string {
  if (typeof name !== 'string') throw new TypeError('a column has no name');
  return name;
}

/** Copies the bytes, because a small Buffer can be a view of a shared ArrayBuffer. */
function bufferOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
