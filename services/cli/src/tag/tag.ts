import type { Document, SkippedRow } from '@tributary/documents';
import { attributes, measureDocuments, sampleOfRows, Summary } from '@tributary/tagging';
import type { SourceRow } from '@tributary/tagging';
import type { CliContext, Progress } from '../context.ts';
import { EXIT, Exit } from '../exit.ts';
import { count, counted } from '../text/format.ts';
import { tagText } from '../text/tag.ts';
import { RowPrinter } from './row-printer.ts';
import { tagAnswer } from './tag-answer.ts';
import { factsOf, recordFacts } from './tag-facts.ts';
import type { Opened, Tagged } from './tag-facts.ts';
import type { TaggedFile } from './tag-answer.ts';
import { filesAt, stampsOf, unreadable, withField } from './tag-files.ts';
import type { Stamps } from './tag-files.ts';
import { attributesNamed, checkOptions, closeInstruments, openInstruments } from './tag-request.ts';
import type { TagOptions } from './tag-request.ts';

/**
 * Measures the documents at a path. With --documents it prints them; otherwise it appends what was measured of each file.
 * False where a file could not be read to its end, or a fact was refused.
 */
export async function tag(
  path: string,
  options: TagOptions,
  context: CliContext,
  progress: Progress,
): Promise<boolean> {
  const wanted = attributesNamed(options, attributes);
  checkOptions(wanted, options);
  const { isFolder, files, links } = await filesAt(path);
  if (links > 0) progress.note(`${counted(links, 'link')} below ${path} not followed`);
  if (options.shard !== undefined && files.length > 1)
    throw new Exit(EXIT.usage, `--shard names one file, and ${path} has ${files.length}`);
  const before = await stampsOf(files);
  const columns = new Set(wanted.flatMap(({ values }) => Object.keys(values)));
  const printer = await RowPrinter.open(context, options, [...columns]);
  let opened: readonly Opened[] = [];
  try {
    opened = await openInstruments(wanted, options);
    const { tagged, summary } = await measured({ files, isFolder, options, opened, printer, progress });
    const events = options.documents ? null : await factsOf(path, tagged, opened, options);
    if (events) await requireAtRest(before, tagged);
    const facts = events && (await recordFacts(events, options, progress));
    const answer = tagAnswer(opened, summary, { options, tagged, facts });
    await printer.end(answer, () => tagText(answer));
    return summary.isComplete && (facts?.rejected.length ?? 0) === 0;
  } finally {
    await closeInstruments(opened);
    await printer.close();
  }
}

/** Exits with `file_changed` where a file is not the one that was measured, since facts name its digest. */
async function requireAtRest(before: Stamps, tagged: readonly Tagged[]): Promise<void> {
  const after = await stampsOf(tagged.map(({ file }) => file.path));
  for (const [file, stamp] of after)
    if (stamp !== before.get(file))
      throw new Exit(
        EXIT.failed,
        `${file} changed while it was read, so nothing was appended; measure it again when it is at rest`,
        'file_changed',
      );
}

type Run = {
  readonly files: readonly string[];
  readonly isFolder: boolean;
  readonly options: TagOptions;
  readonly opened: readonly Opened[];
  readonly printer: RowPrinter;
  readonly progress: Progress;
};

async function measured({ files, isFolder, options, opened, printer, progress }: Run) {
  const wanted = opened.map(({ attribute }) => attribute);
  const summary = new Summary(wanted);
  const byFile = new Map<string, Summary>(files.map((file) => [file, new Summary(wanted)]));
  const read: TaggedFile[] = [];
  const isWholeRows = options.field === undefined && wanted.some(({ readsWholeRows }) => readsWholeRows);
  const instruments = opened.map(({ attribute, instrument }) => ({ attribute: attribute.name, instrument }));
  for await (const row of measureDocuments(
    rowsOfAll({ files, isFolder, options, isWholeRows, progress }, read),
    instruments,
  )) {
    summary.add(row);
    byFile.get(row.path)?.add(row);
    const { path: file, ...unnamed } = row;
    const { isCounted: _counted, ...printed } = { isCounted: undefined, ...unnamed };
    await printer.print(isFolder ? { path: file, ...printed } : printed);
  }
  progress.step('');
  const tagged = read.flatMap((file): Tagged[] => {
    const found = byFile.get(file.path);
    return found ? [{ file, summary: found }] : [];
  });
  return { tagged, summary };
}

type Reading = Pick<Run, 'files' | 'isFolder' | 'options' | 'progress'> & {
  /** Whether a document is a row with all of its fields. */
  readonly isWholeRows: boolean;
};

/** Rows between two steps of the progress. */
const STEP = 1000;

/**
 * The rows of all files, with those files that are read. Progress is that of reading: where scores are relative to all
 * documents, nothing is measured to the end before everything has been read.
 */
async function* rowsOfAll(reading: Reading, read: TaggedFile[]): AsyncGenerator<SourceRow> {
  const { files, progress } = reading;
  let rows = 0;
  for (const [at, path] of files.entries()) {
    const file = files.length === 1 ? '' : `, file ${count(at + 1)} of ${count(files.length)}`;
    progress.step(`${count(rows)} rows read${file}`);
    for await (const row of rowsOf(path, reading, read)) {
      rows += 1;
      if (rows % STEP === 0) progress.step(`${count(rows)} rows read${file}`);
      yield { ...row, path };
    }
  }
}

/** The rows of one file. In a folder a file whose text is in no field that can be told is a skipped row. */
async function* rowsOf(
  path: string,
  { isFolder, options, isWholeRows, progress }: Reading,
  read: TaggedFile[],
): AsyncGenerator<Document | SkippedRow> {
  const found = await withField(path, options.field, isWholeRows).catch((error: unknown) =>
    unreadable(path, error),
  );
  if ('code' in found) {
    if (!isFolder) throw new Exit(EXIT.failed, `${path}: ${found.reason}`, found.code);
    progress.note(`${path} was not read: ${found.reason}`);
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
  const isWanted = drawn && ((row: number) => drawn.has(row));
  yield* notedWhereBroken(
    path,
    isWholeRows ? file.wholeRows(isWanted) : file.documents(field, isWanted),
    progress,
  );
}

/** The rows, and on the stream of errors which file breaks off and why. */
async function* notedWhereBroken(
  path: string,
  rows: AsyncGenerator<Document | SkippedRow>,
  progress: Progress,
): AsyncGenerator<Document | SkippedRow> {
  for await (const row of rows) {
    if ('code' in row && row.code === 'file_broken') progress.note(`${path}: ${row.reason}`);
    yield row;
  }
}
