import { open } from 'node:fs/promises';
import { Fault, valueIn } from '@tributary/kernel';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import type { AsyncBuffer, FileMetaData, RowGroup } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import type { FieldKind, SeenFields } from './field.ts';
import { decoded, documentIn } from './json-rows.ts';
import { skipped } from './row.ts';
import type { Document, SkippedRow } from './row.ts';

/** A footer that claims more is no footer of a data set. */
const MAX_FOOTER_BYTES = 16 * 1024 * 1024;

/** Text of one column in one row group. It is decoded as a whole. */
const MAX_CHUNK_BYTES = 1024 * 1024 * 1024;

/** Rows of one row group. Their numbers are listed; a writer makes groups of a million at most, or of a whole table. */
const MAX_GROUP_ROWS = 2 ** 24;

/** What stands for a text that is not UTF-8. */
const NOT_UTF8 = Symbol('not UTF-8');

const parsers = {
  stringFromBytes: (bytes: Uint8Array | undefined): unknown => bytes && (decoded(bytes) ?? NOT_UTF8),
};

export type ParquetFile = {
  readonly fields: SeenFields;
  readonly rows: number;
  /** The documents in one column, row group by row group. Throws Fault `file_broken`. */
  documents(field: string, isWanted: (row: number) => boolean): AsyncGenerator<Document | SkippedRow>;
  /** The rows as documents, each the JSON of all of its columns. Throws Fault `file_broken`. */
  wholeRows(isWanted: (row: number) => boolean): AsyncGenerator<Document | SkippedRow>;
};

/** Opens a Parquet file by its footer. Throws Fault `file_broken` if it has none that can be read. */
export async function parquetFile(path: string): Promise<ParquetFile> {
  const file = await fileBuffer(path);
  const metadata = await unlessBroken(async () => {
    await checkFooter(file);
    const read = await parquetMetadataAsync(file);
    checkRows(read);
    return read;
  });
  return {
    fields: fieldsOf(metadata),
    rows: Number(metadata.num_rows),
    documents: (field, isWanted) =>
      documentsOf({ file, metadata, columns: [field] }, isWanted, (row, values) =>
        documentAt(row, valueIn(values, field), field),
      ),
    wholeRows: (isWanted) =>
      documentsOf({ file, metadata, columns: undefined }, isWanted, (row, values) =>
        documentAt(row, jsonOfRow(values), ''),
      ),
  };
}

/** The columns that are read; undefined for all. */
type Reading = {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly columns: readonly string[] | undefined;
};

async function* documentsOf(
  { file, metadata, columns }: Reading,
  isWanted: (row: number) => boolean,
  make: (row: number, values: Readonly<Record<string, unknown>>) => Document | SkippedRow,
): AsyncGenerator<Document | SkippedRow> {
  const known = fieldsOf(metadata);
  const isThere = columns?.every((column) => known.has(column)) ?? true;
  let start = 0;
  for (const group of metadata.row_groups) {
    const end = start + Number(group.num_rows);
    const wanted = rowsBetween(start, end).filter(isWanted);
    const chunks = group.columns.flatMap(({ meta_data }) => meta_data ?? []);
    const read = chunks.filter(({ path_in_schema: [name = ''] }) => columns?.includes(name) ?? true);
    const bytes = read.reduce((sum, chunk) => sum + Number(chunk.total_uncompressed_size), 0);
    if (bytes > MAX_CHUNK_BYTES)
      throw new Fault(
        'file_broken',
        `${columns ? `the column ${columns.join()} has` : 'its columns have'} more than ${MAX_CHUNK_BYTES} bytes in one row group`,
      );
    const rows = isThere && wanted.length > 0 ? await rowsOfGroup({ file, metadata, columns }, group) : [];
    for (const row of wanted) yield make(row, rows[row - start] ?? {});
    start = end;
  }
}

/** The rows of one group. The reader gets no others, because it walks all groups that it gets. */
function rowsOfGroup(
  { file, metadata, columns }: Reading,
  group: RowGroup,
): Promise<Record<string, unknown>[]> {
  const alone: FileMetaData = { ...metadata, row_groups: [group], num_rows: group.num_rows };
  const range = { rowStart: 0, rowEnd: Number(group.num_rows), ...(columns && { columns: [...columns] }) };
  return unlessBroken(() => parquetReadObjects({ file, metadata: alone, ...range, compressors, parsers }));
}

/** The JSON of a row, with whole numbers as they are; NOT_UTF8 where one of its texts is not. */
function jsonOfRow(values: Readonly<Record<string, unknown>>): unknown {
  let isText = true;
  const text = JSON.stringify(values, (_name, value: unknown) => {
    if (value === NOT_UTF8) isText = false;
    return typeof value === 'bigint' ? Number(value) : value;
  });
  return isText ? text : NOT_UTF8;
}

const rowsBetween = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_none, at) => start + at);

function documentAt(row: number, value: unknown, field: string): Document | SkippedRow {
  if (value === NOT_UTF8) return skipped(row, 'invalid_utf8', `the field ${field} is not UTF-8`);
  return documentIn(row, value, field);
}

/** Only columns without columns inside hold text. */
function fieldsOf(metadata: FileMetaData): SeenFields {
  const { children } = parquetSchema(metadata);
  return new Map(
    children.map(({ element, children: inside }) => [
      element.name,
      inside.length > 0 ? 'nested' : leafKind(element.type),
    ]),
  );
}

const leafKind = (type: string | undefined): FieldKind => (type === 'BYTE_ARRAY' ? 'text' : 'other');

/** A footer may claim any number of rows, also one that no memory holds. */
function checkRows({ num_rows, row_groups }: FileMetaData): void {
  const counts = row_groups.map((group) => Number(group.num_rows));
  if (counts.some((count) => !(count >= 0 && count <= MAX_GROUP_ROWS)))
    throw new Fault('file_broken', `a row group claims more than ${MAX_GROUP_ROWS} rows`);
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all !== Number(num_rows))
    throw new Fault('file_broken', `its footer claims ${num_rows} rows, its row groups have ${all}`);
}

async function checkFooter(file: AsyncBuffer): Promise<void> {
  const tail = new DataView(await file.slice(Math.max(0, file.byteLength - 8), file.byteLength));
  if (tail.byteLength < 8) throw new Fault('file_broken', 'the file ends within its first bytes');
  if (tail.getUint32(0, true) > MAX_FOOTER_BYTES)
    throw new Fault('file_broken', `its footer claims more than ${MAX_FOOTER_BYTES} bytes`);
}

async function unlessBroken<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Fault) throw error;
    const why = error instanceof Error ? error.message : 'unreadable';
    throw new Fault('file_broken', `it is no complete Parquet file (${why})`);
  }
}

async function fileBuffer(path: string): Promise<AsyncBuffer> {
  const { size } = await withFile(path, (file) => file.stat());
  return {
    byteLength: size,
    slice: (start, end = size) =>
      withFile(path, async (file) => {
        const from = start < 0 ? Math.max(0, size + start) : start;
        const bytes = new Uint8Array(new ArrayBuffer(Math.max(0, Math.min(end, size) - from)));
        await file.read({ buffer: bytes, position: from });
        return bytes.buffer;
      }),
  };
}

async function withFile<Result>(
  path: string,
  use: (file: Awaited<ReturnType<typeof open>>) => Promise<Result>,
): Promise<Result> {
  const file = await open(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}
