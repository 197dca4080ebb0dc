import { attributes, measureFile, sampleOfRows, Summary } from '@tributary/tagging';
import type { MeasuredRow, NamedInstrument, UnmeasuredRow } from '@tributary/tagging';
import type { CliContext, Progress } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { count } from '../text/format.ts';
import { tagText } from '../text/tag.ts';
import { RowPrinter } from './row-printer.ts';
import type { PrintedRow } from './row-printer.ts';
import { tagAnswer } from './tag-answer.ts';
import type { TaggedFile } from './tag-answer.ts';
import { filesAt, withField } from './tag-files.ts';
import { attributesNamed, openInstruments } from './tag-request.ts';
import type { TagOptions } from './tag-request.ts';

/** Measures the documents at a path and prints them. False where a file could not be read to its end. */
export async function tag(
  path: string,
  options: TagOptions,
  context: CliContext,
  progress: Progress,
): Promise<boolean> {
  const wanted = attributesNamed(options.attribute, attributes);
  const { isFolder, files } = await filesAt(path);
  const instruments = await openInstruments(wanted, options);
  const printer = await RowPrinter.open(context, options);
  const summary = new Summary();
  const read: TaggedFile[] = [];
  try {
    for await (const row of rowsOfAll(files, isFolder, options, { instruments, read })) {
      summary.add(row);
      await printer.print(row);
      if ((summary.measured + summary.skipped) % 1000 === 0) progress.step(progressText(summary));
    }
    progress.step('');
    const sample = options.sample === undefined ? null : { rows: options.sample, seed: options.seed };
    const answer = tagAnswer(instruments, summary, { files: read, sample });
    await printer.end(answer, () => tagText(answer));
    return summary.isComplete;
  } finally {
    await printer.close();
    for (const { instrument } of instruments) await instrument.close();
  }
}

const progressText = ({ measured, skipped }: Summary): string =>
  `${count(measured)} documents measured, ${count(skipped)} rows skipped`;

type Run = { readonly instruments: readonly NamedInstrument[]; readonly read: TaggedFile[] };

async function* rowsOfAll(
  files: readonly string[],
  isFolder: boolean,
  options: TagOptions,
  run: Run,
): AsyncGenerator<PrintedRow> {
  for (const path of files)
    for await (const row of rowsOf(path, isFolder, options, run)) yield isFolder ? { path, ...row } : row;
}

/** The rows of one file. In a folder a file whose text is in no field that can be told is a skipped row. */
async function* rowsOf(
  path: string,
  isFolder: boolean,
  options: TagOptions,
  { instruments, read }: Run,
): AsyncGenerator<MeasuredRow | UnmeasuredRow> {
  const found = await withField(path, options.field);
  if ('code' in found) {
    if (!isFolder) throw new Exit(EXIT.failed, `${path}: ${found.reason}`, found.code);
    return yield { row: 0, code: found.code, reason: found.reason };
  }
  const { file, field } = found;
  const rows = options.sample === undefined ? undefined : await file.rows();
  const drawn = rows === undefined ? undefined : sampleOfRows(rows, options.sample ?? rows, options.seed);
  read.push({
    path,
    format: file.format,
    field: field === '' ? null : field,
    ...(rows !== undefined && { rows }),
  });
  yield* measureFile({ file, field, isWanted: drawn && ((row) => drawn.has(row)) }, instruments);
}
