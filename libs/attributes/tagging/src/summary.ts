import { Moments } from '@tributary/complexity';
import type { MeasuredRow, UnmeasuredRow } from './measure-file.ts';

export type ValueSummary = {
  readonly n: number;
  readonly mean: number;
  /** Of the population of the measured documents. */
  readonly sd: number;
  readonly min: number;
  readonly max: number;
};

/** Adds up measured rows: how many, why others were not, and the spread of each number. */
export class Summary {
  measured = 0;
  skipped = 0;
  readonly #byCode = new Map<string, number>();
  readonly #values = new Map<string, { readonly moments: Moments; min: number; max: number }>();
  isComplete = true;

  add(row: MeasuredRow | UnmeasuredRow): void {
    if ('code' in row) {
      this.skipped += 1;
      this.#byCode.set(row.code, (this.#byCode.get(row.code) ?? 0) + 1);
      if (row.code === 'file_broken') this.isComplete = false;
      return;
    }
    this.measured += 1;
    for (const [name, value] of Object.entries(row.values))
      if (typeof value === 'number') this.#spread(name, value);
  }

  #spread(name: string, value: number): void {
    const known = this.#values.get(name) ?? { moments: new Moments(), min: value, max: value };
    known.moments.add(value);
    known.min = Math.min(known.min, value);
    known.max = Math.max(known.max, value);
    this.#values.set(name, known);
  }

  get skippedByCode(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#byCode);
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
