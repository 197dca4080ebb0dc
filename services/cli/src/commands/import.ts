import { Option } from 'commander';
import { eventTypeIn, importers, readPaths, whyUnrecognised } from '@tributary/importers';
import type { Folder, ImportRequest, RecognisedFolder } from '@tributary/importers';
import { append } from '../append.ts';
import type { SourceLine } from '../append.ts';
import { holdsEvents, linesOf } from '../event-file.ts';
import { EXIT, Exit } from '../exit.ts';
import { importAnswer } from '../import-answer.ts';
import type { ImportAnswer } from '../import-answer.ts';
import { importRequest, kindRules, refuseUntaken } from '../import-options.ts';
import type { RequestOptions } from '../import-options.ts';
import { appendSources, planSources, refuseOtherRun } from '../import-sources.ts';
import { mapImporterOf } from '../map-file.ts';
import { inflationRatioOf } from '../inflation-ratio.ts';
import { ImportTally } from '../import-tally.ts';
import type { AddCommand } from '../program.ts';
import { progressOn } from '../context.ts';
import type { CliContext, CommonOptions, Progress } from '../context.ts';
import { byKind, recognised } from '../recognised.ts';
import { recordedImport } from '../recorded-import.ts';
import { WHO_ACTS } from '../server/credential.ts';
import { withServer } from '../server/reach.ts';
import { count } from '../text/format.ts';
import { foundText, importText, planText } from '../text/import.ts';
import { undoImport } from './undo-import.ts';

const EVENTS = 'events';
const KINDS = [...importers.map(({ kind }) => kind), EVENTS];

type ImportOptions = CommonOptions &
  RequestOptions & {
    readonly as: readonly string[];
    readonly map?: string;
    readonly skipAmbiguous?: true;
    readonly dryRun?: true;
    readonly allowRejects?: true;
    readonly keepRaw: boolean;
    readonly keepSecrets?: true;
    readonly undo?: string;
    readonly reason?: string;
    readonly actor?: string;
  };

export function addImport(add: AddCommand, context: CliContext, setCode: (code: number) => void): void {
  add('import', 'import results, logs and manifests of a folder or file, or a file of events')
    .argument('[path...]', 'folders or files; a folder may contain many kinds')
    .addOption(new Option('--name <name>', 'name of the experiment (default: the name of the folder)'))
    .addOption(new Option('--dry-run', 'print what would be created and write nothing'))
    .addOption(
      new Option(
        '--as <kind>',
        `read everything as this kind; PATH=KIND for some of the files. Kinds: ${KINDS.join(', ')}`,
      )
        .default([], 'as it is recognised')
        .argParser((kind: string, before: string[]) => [...before, kind]),
    )
    .addOption(new Option('--model <name>', 'the evaluated model, of files that do not name it'))
    .addOption(new Option('--run <name>', 'the id of the run, of files that do not name it'))
    .addOption(new Option('--unit <unit>', 'the unit of scores, of metrics that do not say it'))
    .addOption(new Option('--map <file>', 'read the files as this map says; tributary map PATH proposes one'))
    .addOption(new Option('--skip-ambiguous', 'leave out files that several importers could read'))
    .addOption(new Option('--no-keep-raw', 'do not store the files themselves on the server'))
    .addOption(new Option('--keep-secrets', 'store files too that have a secret in them'))
    .addOption(
      new Option('--assignment <how>', 'how runs were assigned to their arms').choices([
        'randomised',
        'manual',
        'unknown',
      ]),
    )
    .addOption(
      new Option(
        '--randomisation <text>',
        "the record of the randomisation, such as 'Dirichlet over 17 domains; seed 42'",
      ),
    )
    .addOption(new Option('--undo <import>', 'withdraw an import: what it added counts nowhere from now on'))
    .addOption(new Option('--reason <text>', 'why it is withdrawn'))
    .addOption(new Option('--actor <name>', WHO_ACTS))
    .addOption(new Option('--allow-rejects', 'exit with 0 even if rows were rejected'))
    .action(async (paths: readonly string[], options: ImportOptions) => {
      if (options.undo !== undefined) return undoImport(options.undo, paths, options, context);
      if (paths.length === 0)
        throw new Exit(
          EXIT.usage,
          'name a folder or a file to import, or an import to withdraw: --undo IMPORT',
        );
      const answer = await importPaths(paths, options, context);
      context.print(`${options.json ? JSON.stringify(answer) : importText(answer)}\n`);
      if (answer.rejected.length > 0 && !options.allowRejects) setCode(EXIT.rejects);
    });
}

async function importPaths(
  paths: readonly string[],
  options: ImportOptions,
  context: CliContext,
): Promise<ImportAnswer> {
  const request = importRequest(options);
  const progress = progressOn(context, options);
  const events = await eventFileIn(paths, options);
  if (events !== undefined) {
    refuseNames(events, request);
    return importEvents(events, options, progress);
  }
  const folder = await readPaths(paths, { inflationRatio: await inflationRatioOf(options) });
  const { sources, ambiguous, unrecognised, unread, failed } = await foundIn(paths, folder, options);
  refuseUntaken(sources, request, importers);
  await refuseOtherRun(sources, request);
  const { skipped = [] } = folder;
  const found = {
    sources: byKind(sources),
    ambiguous,
    unrecognised,
    ...(options.map === undefined && { unrecognisedReasons: await reasonsFor(folder, unrecognised) }),
    skipped,
  };
  const tally = new ImportTally();
  for (const { kind, reason } of failed)
    tally.rejected.push({
      source: folder.name,
      pointer: '',
      reason: `the importer ${kind} failed: ${reason}`,
    });
  for (const { path, reason } of unread) tally.rejected.push({ source: path, pointer: '', reason });
  const report = (text: string) =>
    options.json || options.quiet ? progress.note(text) : context.print(`${text}\n`);
  report(foundText(found));
  if (options.dryRun) {
    await planSources(sources, request, tally, progress);
    report(`${planText(tally.plan)}\n`);
    return importAnswer(tally, { found, dryRun: true, plan: tally.plan });
  }
  const notLookedAt = unrecognised.length + ambiguous.length;
  const done = await withServer(options, async (url) =>
    recordedImport({ url, paths, progress }, async (post) => {
      const raw = await appendSources(sources, request, tally, {
        url,
        post,
        keepsRaw: options.keepRaw,
        keepsSecrets: options.keepSecrets === true,
        progress,
      });
      return { raw, kinds: found.sources, notLookedAt, tally };
    }),
  );
  return importAnswer(tally, { found, ...done, dryRun: false, plan: tally.plan });
}

/** Events say themselves what they are of. */
function refuseNames(path: string, { model, run, unit }: ImportRequest): void {
  const given = Object.entries({ model, run, unit }).find(([, name]) => name !== undefined);
  if (given)
    throw new Exit(
      EXIT.failed,
      `${path} is a file of events, which --${given[0]} says nothing to: they name what they are of.`,
      `${given[0]}_not_taken`,
    );
}

/** Why files are not recognised. */
const reasonsFor = ({ files }: Folder, unrecognised: readonly string[]) => {
  const paths = new Set(unrecognised);
  return whyUnrecognised(files.filter(({ path }) => paths.has(path)));
};

/** The file of events that is imported as it is; undefined for everything else. */
async function eventFileIn(
  paths: readonly string[],
  { map, as }: ImportOptions,
): Promise<string | undefined> {
  const holding: string[] = [];
  for (const path of paths) {
    const holds = await holdsEvents(path).catch(() => {
      throw new Exit(EXIT.usage, `${path} is neither a folder nor a file that can be read`);
    });
    if (map === undefined && (as.includes(EVENTS) || (as.length === 0 && holds))) holding.push(path);
  }
  const [file] = holding;
  if (file === undefined || paths.length === 1) return file;
  throw new Exit(EXIT.usage, `${file} is a file of events: import it by a command of its own`);
}

/** The sources of a folder: as the map says if there is one, otherwise as the files are recognised. */
async function foundIn(
  paths: readonly string[],
  folder: Folder,
  options: ImportOptions,
): Promise<RecognisedFolder> {
  if (options.map === undefined)
    return recognised(folder, kindRules(options.as, importers), {
      paths,
      skipAmbiguous: options.skipAmbiguous ?? false,
    });
  if (options.as.length > 0) throw new Exit(EXIT.usage, '--map and --as exclude each other');
  const importer = await mapImporterOf(options.map);
  const matches = await importer.detect(folder);
  const sources = matches.map((match) => ({ ...match, importer, folder: { ...folder, files: match.files } }));
  if (sources.length === 0)
    throw new Exit(
      EXIT.failed,
      `The map reads none of the ${folder.files.length} files of ${paths.join(' ')}: path, its pattern, matches none of their paths, such as ${folder.files[0]?.path ?? 'none'}.`,
      'map_reads_nothing',
    );
  const mapped = new Set(matches.flatMap(({ files }) => files));
  const unrecognised = folder.files.filter((file) => !mapped.has(file)).map(({ path: left }) => left);
  return { sources, ambiguous: [], unrecognised, unread: [], failed: [] };
}

/** Imports a file of CloudEvents as they are; the server validates each of them. */
async function importEvents(path: string, options: ImportOptions, progress: Progress): Promise<ImportAnswer> {
  const tally = new ImportTally();
  const ratio = await inflationRatioOf(options);
  if (options.dryRun) {
    tally.read(await plannedEvents(linesOf(path, ratio), progress));
    return importAnswer(tally, { kind: EVENTS, dryRun: true, plan: tally.plan });
  }
  const { importId } = await withServer(options, async (url) =>
    recordedImport({ url, paths: [path], progress, isLog: true }, async (post) => {
      tally.append(await append(linesOf(path, ratio), post, progress));
      return { kinds: [{ kind: EVENTS, sources: 1, files: 1 }], notLookedAt: 0, tally };
    }),
  );
  return importAnswer(tally, { kind: EVENTS, importId, dryRun: false });
}

/** Events between two steps of the progress. */
const STEP = 1000;

async function plannedEvents(lines: AsyncIterable<SourceLine>, progress: Progress) {
  const byType = new Map<string, number>();
  const rejected = [];
  let events = 0;
  for await (const { text, source } of lines) {
    const type = eventTypeIn(text);
    if (type === undefined) rejected.push({ source, pointer: '', reason: 'the line is not a CloudEvent' });
    else byType.set(type, (byType.get(type) ?? 0) + 1);
    events += type === undefined ? 0 : 1;
    if (events % STEP === 0) progress.step(`${count(events)} events read`);
  }
  progress.step('');
  return {
    plan: { events, byType: Object.fromEntries(byType), experiments: [] },
    rejected,
    warnings: [],
    unresolved: [],
  };
}
