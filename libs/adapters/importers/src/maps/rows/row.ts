/** A row of a table or a line of a log that was read: a cell for each column, undefined where it has none. */
export type Row = { readonly at: number; readonly cells: readonly (string | undefined)[] };

/** The rows of a file. `columns` can grow while rows are read, where each row names its own. */
export type RowSource = {
  /** How a row is named in a pointer and a report. */
  readonly unit: 'line' | 'row';
  readonly columns: readonly string[];
  /** Rows in batches. Reading starts from the beginning each time. */
  readonly rows: (refusals: RowRefusals) => AsyncGenerator<readonly Row[]>;
};

/** What cannot be read as a row is reported here. */
export type RowRefusals = { readonly refuse: (at: number, column: string, reason: string) => void };

/** The columns of rows that name their own. */
export class GrowingColumns {
  readonly names: string[];
  readonly #indexes: Map<string, number>;

  constructor(names: readonly string[] = []) {
    this.names = [...names];
    this.#indexes = new Map(names.map((name, index) => [name, index]));
  }

  /** The index of a column, which is added if it is new. */
  indexOf(name: string): number {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    this.#indexes.set(name, this.names.length);
    this.names.push(name);
    return this.names.length - 1;
  }
}
