import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { SourceFile } from '../folder.ts';
import type { JsonObject } from '../json-members.ts';

export const isParquet = (head: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(head.subarray(0, 4)) === 'PAR1';

const MAX_BYTES = 512 * 1024 * 1024;

/** Columns and rows of a Parquet file; undefined where it cannot be read. */
export async function parquetRows(
  file: SourceFile,
  rowEnd?: number,
): Promise<{ columns: string[]; rows: JsonObject[] } | undefined> {
  if (file.bytes > MAX_BYTES) return undefined;
  try {
    const bytes = await file.read();
    const buffer = new Uint8Array(bytes).buffer;
    const metadata = await parquetMetadataAsync(buffer);
    const columns = parquetSchema(metadata).children.map(({ element }) => element.name);
    if (rowEnd === 0) return { columns, rows: [] };
    const rows: JsonObject[] = await parquetReadObjects({ file: buffer, metadata, compressors });
    return { columns, rows };
  } catch {
    return undefined;
  }
}
