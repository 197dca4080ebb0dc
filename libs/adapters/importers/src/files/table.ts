import { appendAll } from '@tributary/kernel';
import { cellsOf, rowLines } from './delimited-lines.ts';
import type { TextLine } from './delimited-lines.ts';
import type { Findings } from '../facts/findings.ts';
import type { SourceFile } from './folder.ts';

/**
 * A table of text cells. `line` is the 1-based line in which a row ends. Each row has as many cells as there are
 * columns.
 */
export type Table = {
  readonly path: string;
  readonly sha256: string;
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
};
type Source = Pick<Table, 'path' | 'sha256'>;
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

const MAX_BYTES = 256 * 1024 * 1024;
const TABULAR_NAME = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i;

type Refusal = { readonly line: number; readonly reason: string };
type ReadTable = { readonly table?: Table | undefined; readonly refused: readonly Refusal[] };

/** Several importers look at a table before one reads it. It is parsed once, as long as there is memory to keep it. */
const read = new WeakMap<SourceFile, WeakRef<ReadTable>>();

/** The table in a file, undefined if the file is not a table. Invalid rows are rejected one by one. */
export async function tableIn(file: SourceFile, findings: Findings): Promise<Table | undefined> {
  const known = read.get(file)?.deref() ?? (await readTable(file));
  read.set(file, new WeakRef(known));
  for (const { line, reason } of known.refused) findings.reject(`${file.path}:${line}`, '', reason);
  return known.table;
}

async function readTable(file: SourceFile): Promise<ReadTable> {
  const named = TABULAR_NAME.test(file.path);
  if (file.bytes > MAX_BYTES || (await file.headText()).slice(0, 4096).includes('\0')) return { refused: [] };
  const text = (await file.text()).replace(/^\uFEFF/, '');
  if (text.trim() === '') return { refused: named ? [{ line: 1, reason: 'the file is empty' }] : [] };
  const source = { path: file.path, sha256: await file.sha256() };
  if (text.trimStart().startsWith('{')) return jsonTable(source, text);
  const delimiter = delimiterOf(text, named);
  return delimiter === undefined ? { refused: [] } : delimitedTable(source, text, delimiter);
}

/**
 * The delimiter of a table. Prose has commas too, so without a table's file extension the first two lines must have
 * equally many.
 */
function delimiterOf(text: string, named: boolean): string | undefined {
  const [first = '', second = ''] = text.split(/\r?\n/, 2);
  const count = (line: string, delimiter: string) => line.split(delimiter).length - 1;
  return ['\t', ',', ';'].find((delimiter) => {
    const columns = count(first, delimiter);
    return columns > 0 && (named || columns === count(second, delimiter));
  });
}

function delimitedTable(source: Source, text: string, delimiter: string): ReadTable {
  const refused: Refusal[] = [];
  const [header, ...rest] = delimitedRows(text, delimiter, refused);
  if (!header) return { refused };
  const columns = header.cells;
  const rows = rest.filter(({ cells, line }) => {
    if (cells.length === columns.length) return true;
    const reason = `the row has ${cells.length} cells, the header has ${columns.length}`;
    refused.push({ line, reason });
    return false;
  });
  return { table: { ...source, columns, rows }, refused };
}

/** A line and where it starts in its text. */
type PlacedLine = TextLine & { readonly start: number };

/** A table may have several kinds of line ends, where it was put together. */
const LINE_END = /\r\n|[\r\n]|$/g;

function linesOf(text: string): PlacedLine[] {
  let start = 0;
  return [...text.matchAll(LINE_END)].map(({ 0: end, index }, at) => {
    const line = { line: at + 1, text: text.slice(start, index), start };
    start = index + end.length;
    return line;
  });
}

/**
 * The rows of a text. Where the quoting of a row is broken, its lines are read one by one, so that an open quote does
 * not consume the rest of the file.
 */
function delimitedRows(text: string, delimiter: string, refused: Refusal[]): TableRow[] {
  const lines = linesOf(text);
  const rows: TableRow[] = [];
  let within = 0;
  for (let index = 0; index < lines.length;) {
    const next = index + Math.max(1, rowLines(lines, index).length);
    const taken = lines.slice(index, next).map((one) => ({ ...one, line: one.line + within }));
    const row = taken.length > 1 ? rowOver(taken, text, delimiter) : undefined;
    if (row) {
      rows.push(row);
      within += row.line - (taken.at(-1)?.line ?? 0);
    } else appendAll(rows, rowsOfLines(taken, delimiter, refused));
    index = next;
  }
  return rows;
}

/**
 * One row over several lines, undefined if its quoting is broken. Ids of facts are made of the numbers of lines, in which a
 * carriage return and line feed within quotes have always counted as two.
 */
function rowOver(lines: readonly PlacedLine[], text: string, delimiter: string): TableRow | undefined {
  const [first, last] = [lines[0], lines.at(-1)];
  if (!first || !last) return undefined;
  const row = text.slice(first.start, last.start + last.text.length);
  const cells = cellsOf(row, delimiter);
  return 'broken' in cells ? undefined : { line: last.line + row.split('\r\n').length - 1, cells };
}

const rowsOfLines = (lines: readonly TextLine[], delimiter: string, refused: Refusal[]): TableRow[] =>
  lines.flatMap(({ line, text }) => {
    if (text.trim() === '') return [];
    const cells = cellsOf(text, delimiter);
    if (!('broken' in cells)) return [{ line, cells }];
    refused.push({ line, reason: `broken quoting: ${cells.broken}` });
    return [];
  });

/** Cells by column. It is a Map because a column can be named `constructor`. */
type JsonRow = { line: number; values: ReadonlyMap<string, string> };

function jsonTable(source: Source, text: string): ReadTable {
  const lines = text.split(/\r?\n/).map((json, index) => ({ json, line: index + 1 }));
  const parsed = lines
    .filter(({ json }) => json.trim() !== '')
    .map(({ json, line }) => ({ line, values: jsonCells(json) }));
  if (!parsed[0]?.values) return { refused: [] };
  const refused: Refusal[] = [];
  const rows = parsed.flatMap(({ line, values }): JsonRow[] => {
    if (values) return [{ line, values }];
    refused.push({ line, reason: NO_JSON_ROW });
    return [];
  });
  const columns = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))];
  const cellsOfRow = ({ line, values }: JsonRow): TableRow => ({
    line,
    cells: columns.map((column) => values.get(column) ?? ''),
  });
  return { table: { ...source, columns, rows: rows.map(cellsOfRow) }, refused };
}

const NO_JSON_ROW = 'the line is not a JSON object whose members are all strings, numbers, booleans or null';

/** The members as cells; undefined if the text is not a JSON object of scalars. */
function jsonCells(text: string): Map<string, string> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const members: [string, unknown][] = Object.entries(value);
    const cells = members.map(([column, member]) => [column, cellOf(member)] as const);
    if (cells.some(([, cell]) => cell === undefined)) return undefined;
    return new Map(cells.map(([column, cell]) => [column, cell ?? '']));
  } catch {
    return undefined;
  }
}

function cellOf(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}
