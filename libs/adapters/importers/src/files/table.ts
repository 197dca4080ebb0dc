import { CsvError, parse } from 'csv-parse/sync';
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
export type TableRow = { readonly line: number; readonly cells: readonly string[] };

const MAX_BYTES = 256 * 1024 * 1024;
const TABULAR_NAME = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i;

/** The table in a file, undefined if the file is not a table. Invalid rows are rejected one by one. */
export async function tableIn(file: SourceFile, findings: Findings): Promise<Table | undefined> {
  const named = TABULAR_NAME.test(file.path);
  if (file.bytes > MAX_BYTES || (await file.headText()).slice(0, 4096).includes('\0')) return undefined;
  const text = (await file.text()).replace(/^\uFEFF/, '');
  if (text.trim() === '') {
    if (named) findings.reject(`${file.path}:1`, '', 'the file is empty');
    return undefined;
  }
  const sha256 = await file.sha256();
  if (text.trimStart().startsWith('{')) return jsonTable(file.path, sha256, text, findings);
  const delimiter = delimiterOf(text, named);
  return delimiter === undefined
    ? undefined
    : delimitedTable({ path: file.path, sha256, delimiter }, text, findings);
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

function delimitedTable(
  { path, sha256, delimiter }: { path: string; sha256: string; delimiter: string },
  text: string,
  findings: Findings,
): Table | undefined {
  const [header, ...rest] = delimitedRows(text, delimiter, (line, reason) =>
    findings.reject(`${path}:${line}`, '', reason),
  );
  if (!header) return undefined;
  const columns = header.cells;
  const rows = rest.filter(({ cells, line }) => {
    if (cells.length === columns.length) return true;
    findings.reject(
      `${path}:${line}`,
      '',
      `the row has ${cells.length} cells, the header has ${columns.length}`,
    );
    return false;
  });
  return { path, sha256, columns, rows };
}

/**
 * If the quoting is broken, the lines are parsed one by one, so that an open quote does not consume the rest of the
 * file.
 */
function delimitedRows(
  text: string,
  delimiter: string,
  reject: (line: number, reason: string) => void,
): TableRow[] {
  const whole = parsedRows(text, delimiter);
  if (!(whole instanceof CsvError)) return whole;
  return text.split(/\r?\n/).flatMap((source, index) => {
    const rows = parsedRows(source, delimiter);
    if (!(rows instanceof CsvError)) return rows.map(({ cells }) => ({ line: index + 1, cells }));
    reject(index + 1, `broken quoting: ${rows.message}`);
    return [];
  });
}

/** A table may have several, where it was put together. Without them the parser knows only the first that it meets. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

function parsedRows(text: string, delimiter: string): TableRow[] | CsvError {
  const rows: TableRow[] = [];
  const keep = (cells: string[], { lines }: { lines: number }) => {
    rows.push({ line: lines, cells });
    return null;
  };
  try {
    parse(text, {
      delimiter,
      record_delimiter: LINE_ENDS,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      on_record: keep,
    });
    return rows;
  } catch (error) {
    if (error instanceof CsvError) return error;
    throw error;
  }
}

/** Cells by column. It is a Map because a column can be named `constructor`. */
type JsonRow = { line: number; values: ReadonlyMap<string, string> };

function jsonTable(path: string, sha256: string, text: string, findings: Findings): Table | undefined {
  const lines = text.split(/\r?\n/).map((source, index) => ({ source, line: index + 1 }));
  const parsed = lines
    .filter(({ source }) => source.trim() !== '')
    .map(({ source, line }) => ({ line, values: jsonCells(source) }));
  if (!parsed[0]?.values) return undefined;
  const rows = parsed.flatMap(({ line, values }): JsonRow[] => {
    if (values) return [{ line, values }];
    findings.reject(
      `${path}:${line}`,
      '',
      'the line is not a JSON object whose members are all strings, numbers, booleans or null',
    );
    return [];
  });
  const columns = [...new Set(rows.flatMap(({ values }) => [...values.keys()]))];
  return {
    path,
    sha256,
    columns,
    rows: rows.map(({ line, values }) => ({
      line,
      cells: columns.map((column) => values.get(column) ?? ''),
    })),
  };
}

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
