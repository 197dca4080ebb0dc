import { Spool } from '@tributary/tagging';
import type { MeasuredRow, UnmeasuredRow } from '@tributary/tagging';
import type { CliContext } from '../context.ts';
import { printable } from '../text/format.ts';
import type { TagAnswer } from './tag-answer.ts';
import type { TagOptions } from './tag-request.ts';

/** `path` names the file, where there are several. */
export type PrintedRow = (Omit<MeasuredRow, 'path'> | Omit<UnmeasuredRow, 'path' | 'isCounted'>) & {
  readonly path?: string;
};

const CHUNK_CHARACTERS = 64 * 1024;

/**
 * Prints measured rows as they come, and skipped rows behind them: as one JSON object, or as a table of tab-separated
 * values with the skipped rows on stderr. Without --documents nothing is printed before the end.
 */
export class RowPrinter {
  readonly #context: CliContext;
  readonly #options: TagOptions;
  readonly #columns: readonly string[];
  readonly #skipped: Spool<PrintedRow & { readonly code: string; readonly reason: string }>;
  #printed = 0;
  #text = '';

  private constructor(
    context: CliContext,
    options: TagOptions,
    columns: readonly string[],
    skipped: Spool<PrintedRow & { readonly code: string; readonly reason: string }>,
  ) {
    this.#context = context;
    this.#options = options;
    this.#columns = columns;
    this.#skipped = skipped;
  }

  /** `columns` are the values that documents may have. */
  static async open(
    context: CliContext,
    options: TagOptions,
    columns: readonly string[],
  ): Promise<RowPrinter> {
    return new RowPrinter(context, options, columns, await Spool.open());
  }

  async print(row: PrintedRow): Promise<void> {
    if (!this.#options.documents) return;
    if ('code' in row) return this.#skipped.add(row);
    if (this.#options.json)
      await this.#write(`${this.#printed === 0 ? '{"documents":[' : ','}${JSON.stringify(row)}`);
    else await this.#write(this.#line(row));
    this.#printed += 1;
  }

  /** A value that a document lacks is an empty cell. */
  #line({ path, row, values }: Extract<PrintedRow, { values: unknown }>): string {
    const where = { ...(path !== undefined && { path }), row };
    const names = [...Object.keys(where), ...this.#columns];
    const header = this.#printed === 0 ? `${names.join('\t')}\n` : '';
    const known = new Map(Object.entries(values));
    const cells = [...Object.values(where), ...this.#columns.map((name) => known.get(name) ?? '')];
    return `${header}${cells.map((cell) => printable(String(cell))).join('\t')}\n`;
  }

  /** Prints the rest of the answer. */
  async end(answer: TagAnswer, text: () => string): Promise<void> {
    const { json, documents } = this.#options;
    if (!documents) return this.#context.print(`${json ? JSON.stringify(answer) : text()}\n`);
    if (json) await this.#endJson(answer);
    await this.#flush();
    if (!json) await this.#reportSkipped();
  }

  async #endJson(answer: TagAnswer): Promise<void> {
    await this.#write(`${this.#printed === 0 ? '{"documents":[' : ''}],"skipped":[`);
    let isFirst = true;
    for await (const row of this.#skipped.items()) {
      await this.#write(`${isFirst ? '' : ','}${JSON.stringify(row)}`);
      isFirst = false;
    }
    await this.#write(`],${JSON.stringify(answer).slice(1)}\n`);
  }

  async #reportSkipped(): Promise<void> {
    if (this.#options.quiet) return;
    for await (const { row, reason, ...where } of this.#skipped.items())
      this.#context.report(
        printable(`${'path' in where ? `${String(where.path)}, ` : ''}row ${row} skipped: ${reason}`) + '\n',
      );
  }

  async #write(text: string): Promise<void> {
    this.#text += text;
    if (this.#text.length > CHUNK_CHARACTERS) await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#context.print(this.#text);
    this.#text = '';
    await this.#context.drained?.();
  }

  close(): Promise<void> {
    return this.#skipped.close();
  }
}
