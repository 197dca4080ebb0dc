export type Column = { readonly title: string; readonly align?: 'right' };

/** Rows under their titles, two spaces between columns, no trailing spaces. */
export function aligned(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const clean = rows.map((row) => row.map(printable));
  const widths = columns.map(({ title }, at) =>
    Math.max(title.length, ...clean.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    columns
      .map(({ align }, at) => {
        const cell = cells[at] ?? '';
        return align === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd();
  return [line(columns.map(({ title }) => title)), ...clean.map(line)].join('\n');
}

/** Recorded text is not trusted: control characters could rewrite the screen. */
export const printable = (text: string): string => text.replaceAll(/\p{Cc}|\p{Cf}/gu, '\uFFFD');
