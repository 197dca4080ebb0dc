import type { SourceFile } from '../../files/folder.ts';
import { isParquet, parquetColumns } from '../../files/parquet-table.ts';
import type { FileMap } from '../map.ts';
import { delimitedRows, headerIn, headlessTable } from './delimited-rows.ts';
import { beginsRows, jsonArrayRows } from './json-array-rows.ts';
import { flatMembers, jsonRows, objectOf } from './json-rows.ts';
import { logRows } from './log-rows.ts';
import type { Unmatched } from './log-rows.ts';
import { meltedRows } from './melted-rows.ts';
import { parquetRows } from './parquet-rows.ts';
import type { RowSource } from './row.ts';
import type { TextFlaws } from './text-lines.ts';

/** The first 64 KiB of a file as text; undefined if it is binary. */
export async function headTextOf(file: SourceFile): Promise<string | undefined> {
  const text = await file.headText();
  return text.includes('\0') ? undefined : text.replace(/^\uFEFF/, '');
}

/** The rows of a file as a map reads them, or the reason why it holds none. */
export async function fileRows(
  file: SourceFile,
  map: FileMap,
  flaws: TextFlaws,
  unmatched: Unmatched,
): Promise<RowSource | string> {
  const source = await rowsOf(file, map, flaws, unmatched);
  if (typeof source === 'string') return source;
  const rows = map.columns ? meltedRows(source, map.columns) : source;
  return typeof rows === 'string' ? rows : withPathColumns(rows, file.path, map);
}

async function rowsOf(
  file: SourceFile,
  map: FileMap,
  flaws: TextFlaws,
  unmatched: Unmatched,
): Promise<RowSource | string> {
  if (file.bytes === 0) return 'the file is empty';
  if (map.reads === 'table' && (await isParquet(file))) {
    if (map.names) return 'the file is Parquet, whose columns have names: columns cannot name them';
    const columns = await parquetColumns(file);
    return columns ? parquetRows(file, [...columns.keys()]) : 'the file is not a complete Parquet file';
  }
  const head = await headTextOf(file);
  if (head === undefined) return 'the file is binary, or UTF-16 without a byte order mark';
  return map.reads === 'log' ? logRows(file, map, flaws, unmatched) : textRows(file, head, map, flaws);
}

/** The rows of a table that is text. */
// oxlint-disable-next-line max-params -- a file and its head
function textRows(file: SourceFile, head: string, map: FileMap, flaws: TextFlaws): RowSource | string {
  if (beginsRows(head)) return jsonArrayRows(file, { head, names: map.names }, flaws);
  if (!head.trimStart().startsWith('{')) {
    const table = map.names ? headlessTable(head, map.names) : headerIn(head);
    return table
      ? delimitedRows(file, table, flaws)
      : 'the file has no rows, or its first one has a broken quote';
  }
  if (map.names) return 'the file is JSON lines, whose members have names: columns cannot name them';
  const columns = head.split('\n').flatMap((text) => flatMembers(objectOf(text) ?? {}).map(([name]) => name));
  return jsonRows(file, [...new Set(columns)], flaws);
}

/** The rows with the groups of the path's pattern as columns that are equal in each. */
function withPathColumns(source: RowSource, path: string, map: FileMap): RowSource | string {
  if (map.path === undefined) return source;
  const values = map.path.match(path);
  if (values === undefined) return `its path does not match the pattern ${map.path.source.slice(0, 80)}`;
  const groups = map.path.groups;
  return {
    ...source,
    /* The columns of the file can grow while it is read. */
    get columns() {
      return [...groups, ...source.columns];
    },
    async *rows(refusals) {
      for await (const batch of source.rows(refusals))
        yield batch.map(({ at, cells }) => ({ at, cells: [...values, ...cells] }));
    },
  };
}
