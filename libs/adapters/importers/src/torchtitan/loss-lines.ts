import { consoleRows, isConsoleLine } from './console-lines.ts';
import type { LossRow } from './console-lines.ts';
import { numberIn } from '../files/untyped-values.ts';

export type LossLines = {
  readonly rows: readonly LossRow[];
  /** Lines that are not valid rows, with the reason. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  /** How columns are named: by a header, by a name before each value, or not at all. */
  readonly named: 'header' | 'each' | undefined;
};

type Layout = { readonly split: RegExp; readonly columns: readonly string[]; readonly header: boolean };

const SPELLED = new Map([
  ['nan', Number.NaN],
  ['inf', Infinity],
  ['+inf', Infinity],
  ['infinity', Infinity],
  ['-inf', -Infinity],
  ['-infinity', -Infinity],
]);

const STEP_NAME = /^(global[_ ]?)?(step|iteration|iter)s?$/i;

/**
 * The rows of a file with a step and values on each line: `step loss` without a header, columns with a header,
 * separated by blanks, tabs, commas or semicolons, or console lines in which each value has a name.
 */
export function lossLines(text: string): LossLines {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((source, index) => ({ source: source.trim(), line: index + 1 }))
    .filter(({ source }) => source !== '' && !source.startsWith('#'));
  const [first] = lines;
  if (!first) return { rows: [], rejected: [], named: undefined };
  if (lines.some(({ source }) => isConsoleLine(source))) {
    return { rows: consoleRows(text), rejected: [], named: 'each' };
  }
  const layout = layoutOf(first.source);
  const rows: LossRow[] = [];
  const rejected: { line: number; reason: string }[] = [];
  for (const { source, line } of layout.header ? lines.slice(1) : lines) {
    const row = rowOf(source, line, layout);
    if (typeof row === 'string') rejected.push({ line, reason: row });
    else rows.push(row);
  }
  return { rows, rejected, named: layout.header ? 'header' : undefined };
}

function layoutOf(first: string): Layout {
  const split = [/\t/, /,/, /;/].find((delimiter) => delimiter.test(first)) ?? /\s+/;
  const cells = cellsOf(first, split);
  if (cells.some((cell) => STEP_NAME.test(cell))) return { split, columns: cells, header: true };
  return { split, columns: ['step', 'loss'], header: false };
}

function rowOf(source: string, line: number, { split, columns }: Layout): LossRow | string {
  const cells = cellsOf(source, split);
  if (cells.length !== columns.length)
    return `the line has ${cells.length} cells instead of ${columns.length}`;
  const at = columns.findIndex((column) => STEP_NAME.test(column));
  const step = numberIn(cells[at] ?? '');
  if (step === undefined || !Number.isSafeInteger(step) || step < 0)
    return `"${cells[at] ?? ''}" is not a step`;
  const { values, texts } = valuesIn(
    cells.filter((_cell, index) => index !== at),
    columns.filter((_column, index) => index !== at),
  );
  return values.length === 0 ? 'the line has a step but no value' : { line, step, values, texts };
}

function valuesIn(cells: readonly string[], columns: readonly string[]): Pick<LossRow, 'values' | 'texts'> {
  const values: [string, number][] = [];
  const texts: [string, string][] = [];
  for (const [index, cell] of cells.entries()) {
    const value = numberIn(cell) ?? SPELLED.get(cell.toLowerCase());
    const column = columns[index] || `column ${index + 1}`;
    if (value !== undefined) values.push([column, value]);
    else if (cell !== '') texts.push([column, cell]);
  }
  return { values, texts };
}

const cellsOf = (source: string, split: RegExp): string[] =>
  source.split(split).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
