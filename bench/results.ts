import { recordFigures } from '../tools/figures/record.js';
import { writePages } from '../tools/figures/pages.js';

/** A table that a benchmark prints and `docs/measurements.md` shows. Cells of a row are parallel to `columns`. */
export type ResultTable = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
};

/** The middle value, or the mean of the two middle ones. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? NaN;
  return (lower + upper) / 2;
}

/** A number rounded to a whole one, with separators. */
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
export const ratio = (value: number): string => value.toFixed(2);

/** Prints the tables, writes `docs/figures/bench-NAME.json` and fills `docs/measurements.md` from it. */
export function writeResults(name: string, args: string, tables: readonly ResultTable[]): void {
  for (const { title, columns, rows } of tables) {
    console.log(`\n${title}`);
    console.table(
      rows.map((row) => Object.fromEntries(row.map((cell, index) => [columns[index] ?? index, cell]))),
    );
  }
  const command = `npm run bench -- ${name}${args === '' ? '' : ` ${args}`}`;
  const file = recordFigures(`bench-${name}`, { command, measured: { tables } });
  writePages();
  console.error(`written to ${file} and docs/measurements.md`);
}
