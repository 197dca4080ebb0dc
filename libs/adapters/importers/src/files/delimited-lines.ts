import { CsvError, parse } from 'csv-parse/sync';

/** A line of a text, without its end. `line` counts from 1. */
export type TextLine = { readonly line: number; readonly text: string };

/** Cells that any number of blanks separates. */
export const BLANKS = ' ';

/**
 * The lines of the row that starts at an index: a quoted cell can go over several. Where its quote does not end within `most`, its
 * first line stands alone; none while it is open and more lines may follow.
 */
export function rowLines(lines: readonly TextLine[], start: number, most = Infinity): readonly TextLine[] {
  let quotes = 0;
  for (let end = start; end < lines.length; end += 1) {
    const text = lines[end]?.text ?? '';
    if (text.includes('"')) quotes += text.split('"').length - 1;
    if (quotes % 2 === 0) return lines.slice(start, end + 1);
    if (end - start >= most) return lines.slice(start, start + 1);
  }
  return [];
}

/**
 * The cells of a row, or the reason why its quoting is broken. A row without a quote needs no parser, which takes ten
 * times as long.
 */
export function cellsOf(text: string, delimiter: string): readonly string[] | { readonly broken: string } {
  if (delimiter === BLANKS) return text.trim().split(/\s+/);
  if (!text.includes('"')) return text.split(delimiter).map((cell) => cell.trim());
  try {
    const rows: string[][] = parse(text, { delimiter, trim: true, relax_column_count: true });
    return rows[0] ?? [];
  } catch (error) {
    if (error instanceof CsvError) return { broken: error.message };
    throw error;
  }
}
