import { BLANKS, cellsOf, rowLines } from '../../files/delimited-lines.ts';
import type { TextLine } from '../../files/delimited-lines.ts';
import type { SourceFile } from '../../files/folder.ts';
import type { Row, RowRefusals, RowSource } from './row.ts';
import { textLines } from './text-lines.ts';
import type { TextFlaws } from './text-lines.ts';

/** Lines that a row of a file is looked for in, which is read in parts. */
const MAX_LINES_OF_ROW = 100;

const DELIMITERS = ['\t', ',', ';', '|'] as const;

/** A table of delimited cells. `leading` counts the lines before its header that are empty or comments. */
export type DelimitedTable = {
  readonly delimiter: string;
  readonly columns: readonly string[];
  readonly leading: number;
  /** Whether the map names the columns, and the first row is one like the others. */
  readonly isHeadless: boolean;
};

/** The header of a table: its first line that is neither empty nor a comment. Undefined if its quoting is broken. */
export function headerIn(head: string): DelimitedTable | undefined {
  const lines = head.replace(/^\uFEFF/, '').split(/\r\n|[\r\n]/);
  const leading = lines.findIndex(isRow);
  const header = lines[leading] ?? '';
  const unquoted = header.replaceAll(/"[^"]*"/g, '""');
  const delimiter = DELIMITERS.find((candidate) => unquoted.includes(candidate)) ?? ',';
  const columns = cellsOf(header, delimiter);
  return 'broken' in columns || leading < 0 ? undefined : { delimiter, columns, leading, isHeadless: false };
}

/** A table whose columns the map names in their order. Without another delimiter, blanks separate its cells. */
export function headlessTable(head: string, columns: readonly string[]): DelimitedTable | undefined {
  const header = headerIn(head);
  if (header === undefined) return undefined;
  const isBlank = header.columns.length === 1 && columns.length > 1;
  return { ...header, delimiter: isBlank ? BLANKS : header.delimiter, columns, isHeadless: true };
}

const isRow = (text: string): boolean => text.trim() !== '' && !text.startsWith('# ');

/** The rows of a table. `at` is the line in which a row starts. */
export function delimitedRows(file: SourceFile, table: DelimitedTable, flaws: TextFlaws): RowSource {
  return {
    unit: 'line',
    columns: table.columns,
    async *rows(refusals) {
      let before = table.leading + (table.isHeadless ? 0 : 1);
      let open: readonly TextLine[] = [];
      for await (const lines of textLines(file, flaws)) {
        const { rows, rest } = rowsIn([...open, ...lines.slice(before)], table, refusals);
        before -= Math.min(before, lines.length);
        open = rest;
        if (rows.length > 0) yield rows;
      }
      const last = open.flatMap((line) => rowOf([line], table, refusals) ?? []);
      if (last.length > 0) yield last;
    },
  };
}

/** The rows that end within the lines, and the lines of the row that does not. */
function rowsIn(lines: readonly TextLine[], table: DelimitedTable, refusals: RowRefusals) {
  const rows: Row[] = [];
  for (let index = 0; index < lines.length;) {
    const taken = rowLines(lines, index, MAX_LINES_OF_ROW);
    if (taken.length === 0) return { rows, rest: lines.slice(index) };
    index += taken.length;
    const row = taken.length > 1 || taken[0]?.text.trim() !== '' ? rowOf(taken, table, refusals) : undefined;
    if (row) rows.push(row);
  }
  return { rows, rest: [] };
}

function rowOf(
  lines: readonly TextLine[],
  { delimiter, columns, isHeadless }: DelimitedTable,
  refusals: RowRefusals,
): Row | undefined {
  const at = lines[0]?.line ?? 0;
  const text = lines.length === 1 ? (lines[0]?.text ?? '') : lines.map((line) => line.text).join('\n');
  const cells = cellsOf(text, delimiter);
  if ('broken' in cells) refusals.refuse(at, '', `broken quoting: ${cells.broken}`);
  else if (cells.length !== columns.length)
    refusals.refuse(
      at,
      '',
      `the row has ${cells.length} cells, ${isHeadless ? `the map names ${columns.length} columns` : `the header has ${columns.length}`}`,
    );
  else return { at, cells };
  return undefined;
}
