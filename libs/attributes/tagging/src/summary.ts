import { Moments } from '@tributary/complexity';
import type { Attribute, Values } from './attribute.ts';
import type { MeasuredRow, UnmeasuredRow } from './measure-documents.ts';

export type ValueSummary = {
  /** Documents that have it. Of a yes or no, 1 and 0 are added up, so that the mean is the share. */
  readonly n: number;
  readonly mean: number;
  /** Of the population of the measured documents. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
};

/** Documents by group, by the name of the attribute and of the grouping. */
export type GroupCounts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Codes of rows that stand for a file, or for the rest of one. */
const UNREAD: ReadonlySet<string> = new Set(['file_broken', 'field_ambiguous', 'field_unknown']);

/** Adds up measured rows: how many, why others were not, and the spread of each number. */
export class Summary {
  /** Rows with values, and rows without any. */
  measured = 0;
  skipped = 0;
  isComplete = true;
  readonly #attributes: readonly Attribute[];
  readonly #byCode = new Map<string, number>();
  readonly #values = new Map<string, { readonly moments: Moments; min: number; max: number }>();
  readonly #groups = new Map<string, Map<string, number>>();

  constructor(attributes: readonly Attribute[]) {
    this.#attributes = attributes;
  }

  add(row: MeasuredRow | UnmeasuredRow): void {
    if ('code' in row) {
      if (!row.isCounted) this.skipped += 1;
      addOne(this.#byCode, row.code);
      if (UNREAD.has(row.code)) this.isComplete = false;
      return;
    }
    this.measured += 1;
    for (const [name, value] of Object.entries(row.values))
      if (typeof value !== 'string') this.#spread(name, Number(value));
    this.#group(row.values);
  }

  #spread(name: string, value: number): void {
    const known = this.#values.get(name) ?? { moments: new Moments(), min: value, max: value };
    known.moments.add(value);
    known.min = Math.min(known.min, value);
    known.max = Math.max(known.max, value);
    this.#values.set(name, known);
  }

  /** Of the attributes that could measure the document. */
  #group(values: Values): void {
    for (const { name, groups, values: described } of this.#attributes) {
      if (!groups || !Object.keys(described).some((value) => Object.hasOwn(values, value))) continue;
      for (const [grouping, group] of Object.entries(groups(values))) {
        const key = `${name}.${grouping}`;
        const counts = this.#groups.get(key) ?? new Map<string, number>();
        addOne(counts, group);
        this.#groups.set(key, counts);
      }
    }
  }

  get skippedByCode(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#byCode);
  }

  get groups(): GroupCounts {
    return this.#groups;
  }

  get values(): Readonly<Record<string, ValueSummary>> {
    return Object.fromEntries(
      [...this.#values].map(([name, { moments, min, max }]) => [
        name,
        { n: moments.count, mean: moments.mean, sd: moments.sd, min, max },
      ]),
    );
  }
}

const addOne = (counts: Map<string, number>, key: string): void =>
  void counts.set(key, (counts.get(key) ?? 0) + 1);
