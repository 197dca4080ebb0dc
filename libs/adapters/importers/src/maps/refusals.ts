import type { Findings } from '../facts/findings.ts';
import { redactSecrets } from '@tributary/kernel';
import type { RowRefusals } from './rows/row.ts';

/** Further rows that are refused for a column are counted, so that a bad file of any length has a short report. */
const LISTED = 200;

/** Reports the rows and cells of a file that were refused: the first ones by line, the others by their number. */
export class FileRefusals implements RowRefusals {
  readonly #counts = new Map<string, { refused: number; last: number; reason: string }>();
  readonly #findings: Findings;
  readonly #path: string;
  readonly #unit: string;

  /** `unit` is how a row is named: `line` or `row`. */
  constructor(findings: Findings, path: string, unit: string) {
    this.#findings = findings;
    this.#path = path;
    this.#unit = unit;
  }

  refuse(at: number, column: string, reason: string): void {
    const count = this.#counts.get(column) ?? { refused: 0, last: at, reason };
    this.#counts.set(column, { refused: count.refused + 1, last: at, reason });
    if (count.refused < LISTED) this.#findings.reject(this.at(at), column, redactSecrets(reason).value);
  }

  /** Adds a line for each column that has more refusals than were listed. */
  finish(): void {
    for (const [column, { refused, last, reason }] of this.#counts) {
      const more = refused - LISTED;
      if (more > 0)
        this.#findings.reject(
          this.at(last),
          column,
          `and ${more} more like this, the last one: ${redactSecrets(reason).value}`,
        );
    }
  }

  /** The location of a row, as it stands in a report. */
  at(at: number): string {
    return `${this.#path}:${this.#unit === 'line' ? '' : `${this.#unit}:`}${at}`;
  }
}
