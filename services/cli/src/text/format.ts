import { printable } from '@tributary/kernel';

export { printable };

export type Column = { readonly title: string; readonly align?: 'right' };

/** A table as text: two spaces between columns, no trailing spaces. */
export function aligned(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = columns.map(({ title }, at) =>
    clean.reduce((width, row) => Math.max(width, row[at]?.length ?? 0), title.length),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => {
        const cell = cells[at] ?? '';
        if (align === 'right') return cell.padStart(widths[at] ?? 0);
        return at === columns.length - 1 ? cell : cell.padEnd(widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...clean.map(line)].join('\n');
}

/** 12,345,678 */
export const count = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** Four significant digits; a dash where there is no value. */
export function brief(value: number | null): string {
  if (value === null) return '-';
  return String(Number(value.toPrecision(4)));
}

export const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** `1 run`, `2 runs` */
export const counted = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? '' : 's'}`;

export type AsOf = { readonly position: string; readonly time: string | null };

/** The last line of every answer: the position of the log that it is as of. */
export function footer(answer: {
  asOf: AsOf;
  complete: boolean;
  lag: number;
  reason?: string | null;
}): string {
  const at = `as of position ${answer.asOf.position}${answer.asOf.time ? ` (${answer.asOf.time})` : ''}`;
  if (answer.complete) return `${at}, complete`;
  const reason =
    answer.reason ?? (answer.lag > 0 ? `${answer.lag} events are not in the tables yet` : 'no reason given');
  return `${at}, NOT complete: ${printable(reason)}`;
}
