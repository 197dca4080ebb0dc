import { truncateName } from '../facts/text.ts';
import { cellOf, countOf } from './cell.ts';
import { columnOf, columnsIn } from './map.ts';
import type { FileMap, Role } from './map.ts';
import { PAIRS } from './rows/log-rows.ts';
import type { Row, RowSource } from './rows/row.ts';

/** A metric of a row: the text of its value, by its name. */
export type MetricCell = { readonly name: string; readonly text: string };

/** The largest number of an attempt that a fact can have. */
const MOST_ATTEMPTS = 1_000_000;

/** Reads the values of rows by their roles. `lastOf` keeps the values of the rows before. */
export class RowValues {
  readonly #map: FileMap;
  readonly #source: RowSource;
  readonly #last = new Map<string, string>();
  #indexes = new Map<string, number>();
  #others: readonly string[] = [];

  constructor(map: FileMap, source: RowSource) {
    this.#map = map;
    this.#source = source;
  }

  /** Notes columns that were added. Called before each batch of rows. */
  refresh(): void {
    const { columns } = this.#source;
    if (columns.length === this.#indexes.size) return;
    this.#indexes = new Map(columns.map((column, index) => [column, index]));
    const named = new Set([...columnsIn(this.#map), PAIRS, '']);
    this.#others = columns.filter((column) => !named.has(column));
  }

  /** Notes the values that later rows take over. Called once for each row, before its values are read. */
  enter(row: Row): void {
    for (const reference of this.#map.roles.values()) {
      if (!('lastOf' in reference)) continue;
      const cell = this.#cell(row, reference.lastOf);
      if (cell !== '') this.#last.set(reference.lastOf, cell);
    }
  }

  has(role: Role): boolean {
    return this.#map.roles.has(role);
  }

  /** The role by which rows say their attempt; undefined where they do not. */
  attemptRole(): 'attempt' | 'restart' | undefined {
    return (['attempt', 'restart'] as const).find((role) => this.has(role));
  }

  /** The attempt that a row states, from 1; null where no row does, undefined where the row has another text. */
  attempt(row: Row): number | null | undefined {
    const role = this.attemptRole();
    if (role === undefined) return null;
    const count = countOf(this.text(row, role), this.#map.numbers) ?? -1;
    const attempt = role === 'restart' ? count + 1 : count;
    return attempt >= 1 && attempt <= MOST_ATTEMPTS ? attempt : undefined;
  }

  /** The column that a role is read from, for a report. */
  column(role: Role): string {
    return columnOf(this.#map.roles.get(role)) ?? role;
  }

  /** The text of a role, trimmed; empty if the row has none. */
  text(row: Row, role: Role): string {
    const reference = this.#map.roles.get(role);
    if (reference === undefined) return '';
    if ('is' in reference) return reference.is;
    if ('lastOf' in reference) return this.#last.get(reference.lastOf) ?? '';
    return this.#cell(row, reference.column);
  }

  /** A name for a fact: secrets redacted, and unique though it is shortened. */
  name(row: Row, role: Role, maxLength = 256): string {
    return truncateName(this.text(row, role), maxLength);
  }

  /** The metrics of a row with a value. Of columns that are not named one by one, only those with a number count. */
  metrics(row: Row): { readonly cells: readonly MetricCell[]; readonly texts: readonly string[] } {
    const { metrics, numbers } = this.#map;
    const cells: MetricCell[] = [];
    const texts: string[] = [];
    if (metrics === 'all') {
      for (const name of this.#others) {
        const text = this.#cell(row, name);
        const { kind } = cellOf(text, numbers);
        if (kind === 'number') cells.push({ name, text });
        else if (kind === 'other') texts.push(name);
      }
    } else for (const [name, column] of metrics ?? []) cells.push({ name, text: this.#cell(row, column) });
    if (this.has('metric') && this.has('value'))
      cells.push({ name: this.text(row, 'metric'), text: this.text(row, 'value') });
    return { cells, texts };
  }

  /** The cells of columns that each hold a slice or a benchmark, by its name. */
  wide(row: Row, columns: 'slices' | 'benchmarks'): readonly MetricCell[] {
    const wide = this.#map[columns];
    const entries = wide === 'all' ? this.#others.map((name) => [name, name] as const) : [...(wide ?? [])];
    return entries.map(([name, column]) => ({ name, text: this.#cell(row, column) }));
  }

  #cell(row: Row, column: string): string {
    const index = this.#indexes.get(column);
    return index === undefined ? '' : (row.cells[index]?.trim() ?? '');
  }
}
