import { Spool } from '@tributary/tagging';
import type { MeasuredRow, UnmeasuredRow } from '@tributary/tagging';
import type { CliContext } from '../context.ts';
import type { TagAnswer } from './tag-answer.ts';
import type { TagOptions } from './tag-request.ts';

/** `path` names the file, where there are several. */
export type PrintedRow = (Omit<MeasuredRow, 'path'> | Omit<UnmeasuredRow, 'path'>) & {
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
  readonly #skipped: Spool<PrintedRow & { readonly code: string; readonly reason: string }>;
  #printed = 0;
  #text = '';

  private constructor(
    context: CliContext,
    options: TagOptions,
    skipped: Spool<PrintedRow & { readonly code: string; readonly reason: string }>,
  ) {
    this.#context = context;
    this.#options = options;
    this.#skipped = skipped;
  }

  static async open(context: CliContext, options: TagOptions): Promise<RowPrinter> {
    return new RowPrinter(context, options, await Spool.open());
  }

  async print(row: PrintedRow): Promise<void> {
    if (!this.#options.documents) return;
    if ('code' in row) return this.#skipped.add(row);
    if (this.#options.json)
      await this.#write(`${this.#printed === 0 ? '{"documents":[' : ','}${JSON.stringify(row)}`);
    else await this.#write(this.#line(row));
    this.#printed += 1;
  }

  #line({ path, row, values }: Extract<PrintedRow, { values: unknown }>): string {
    const cells = { ...(path !== undefined && { path }), row, ...values };
    const header = this.#printed === 0 ? `${Object.keys(cells).join('\t')}\n` : '';
    return `${header}${Object.values(cells).join('\t')}\n`;
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
        `${'path' in where ? `${String(where.path)}, ` : ''}row ${row} skipped: ${reason}\n`,
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
