import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
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
