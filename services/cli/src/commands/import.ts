import { Option } from 'commander';
import { chooseImporter, readFolder, sweep } from '@tributary/importers';
import type { ImportedEvent } from '@tributary/importers';
import { append } from '../append.ts';
import type { Appended } from '../append.ts';
import type { SourceLine } from '../batches.ts';
import { holdsEvents, linesOf, typeOf } from '../event-file.ts';
import { EXIT, Exit } from '../exit.ts';
import { importAnswer } from '../import-answer.ts';
import type { ImportAnswer } from '../import-answer.ts';
import { importRequest } from '../import-request.ts';
import type { RequestOptions } from '../import-request.ts';
import type { AddCommand } from '../program.ts';
import { progressOn } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { catchUp } from '../server/catch-up.ts';
import { withoutWeaker } from '../server/declared-assignments.ts';
import { postEvents } from '../server/post-events.ts';
import { withServer } from '../server/reach.ts';
import type { CommonOptions, Shell } from '../shell.ts';
import { importText, planText } from '../text/import.ts';

const EVENTS = 'events';
const IMPORTERS = [sweep];
const KINDS = [...IMPORTERS.map(({ kind }) => kind), EVENTS];

type ImportOptions = CommonOptions &
  RequestOptions & { readonly as?: string; readonly dryRun?: true; readonly allowRejects?: true };

export function addImport(add: AddCommand, shell: Shell, setCode: (code: number) => void): void {
  add('import', 'read a folder of results, or a file of events, into the log')
    .argument('<path>', 'folder or file')
    .addOption(new Option('--name <name>', 'name of the experiment; the name of the folder where absent'))
    .addOption(new Option('--dry-run', 'say what would be created and write nothing'))
    .addOption(new Option('--as <kind>', `do not guess: ${KINDS.join(' or ')}`))
    .addOption(
      new Option('--assignment <how>', 'how runs came to their arms').choices([
        'randomised',
        'manual',
        'unknown',
      ]),
    )
    .addOption(
      new Option('--randomisation <text>', "its record, such as 'Dirichlet over 17 domains; seed 42'"),
    )
    .addOption(new Option('--allow-rejects', 'end with 0 even where rows were rejected'))
    .action(async (path: string, options: ImportOptions) => {
      const answer = await importPath(path, options, shell);
      shell.print(`${options.json ? JSON.stringify(answer) : importText(answer)}\n`);
      if (answer.rejected.length > 0 && !options.allowRejects) setCode(EXIT.rejects);
    });
}

async function importPath(path: string, options: ImportOptions, shell: Shell): Promise<ImportAnswer> {
  const request = importRequest(options);
  const progress = progressOn(shell, options);
  const events = await holdsEvents(path).catch(() => {
    throw new Exit(EXIT.usage, `${path} is neither a folder nor a file that can be read`);
  });
  if (options.as === EVENTS || (options.as === undefined && events))
    return importEvents(path, options, progress);
  const folder = await readFolder(path);
  const choice = await chooseImporter(IMPORTERS, folder, options.as);
  if (!choice.ok) throw new Exit(EXIT.failed, choice.text, choice.refusal);
  const { importer, detection } = choice;
  const read = await importer.read(folder, request);
  const plan = planText(importer.kind, detection, read.plan);
  if (options.json || options.quiet) progress.note(plan);
  else shell.print(`${plan}\n\n`);
  if (options.dryRun) return importAnswer(importer.kind, read);
  const lines = async (url: string) =>
    asLines(options.assignment === undefined ? await withoutWeaker(url, read.events) : read.events);
  return importAnswer(importer.kind, read, await appendAll(lines, options, progress));
}

const asLines = (events: readonly ImportedEvent[]): SourceLine[] =>
  events.map((event) => ({
    text: JSON.stringify(event),
    source: `line ${event.importedline} of the file ${event.importedsha256.slice(0, 12)}`,
  }));

type Lines = (url: string) => AsyncIterable<SourceLine> | Promise<Iterable<SourceLine>>;

/** Appends and waits until the tables hold it all, so that the next question sees it. */
async function appendAll(linesFor: Lines, options: ImportOptions, progress: Progress): Promise<Appended> {
  return withServer(options, async (url) => {
    const appended = await append(await linesFor(url), (batch) => postEvents(url, batch), progress);
    await catchUp(url, progress);
    progress.step('');
    return appended;
  });
}

const NOTHING_READ = { warnings: [], rejected: [], unresolved: [] };

/** A file of CloudEvents is taken as it is; the server judges each of them. */
async function importEvents(path: string, options: ImportOptions, progress: Progress): Promise<ImportAnswer> {
  if (!options.dryRun)
    return importAnswer(EVENTS, NOTHING_READ, await appendAll(() => linesOf(path), options, progress));
  const byType: Record<string, number> = {};
  const rejected = [];
  let events = 0;
  for await (const { text, source } of linesOf(path)) {
    const type = typeOf(text);
    if (type === undefined) rejected.push({ source, pointer: '', reason: 'the line is no CloudEvent' });
    else byType[type] = (byType[type] ?? 0) + 1;
    events += type === undefined ? 0 : 1;
  }
  return importAnswer(EVENTS, { ...NOTHING_READ, rejected, plan: { events, byType, experiments: [] } });
}
