import { blobsNamedBy } from '@tributary/contracts';
import { isGzipEndsEarly, isGzipTooLarge } from '@tributary/importers';
import type {
  Folder,
  RecognisedSource,
  Imported,
  ImportedEvent,
  Importer,
  ImportRequest,
  Rejection,
  SourceFile,
} from '@tributary/importers';
import { EXIT, Exit } from './exit.ts';
import { append } from './append.ts';
import type { Post, SourceLine } from './append.ts';
import { CopiedFiles } from './copied-files.ts';
import type { RawFiles } from './import-answer.ts';
import type { ImportTally } from './import-tally.ts';
import { RawKeeper } from './raw-files.ts';
import type { Progress } from './context.ts';
import { count } from './text/format.ts';
import { withoutWeaker } from './server/undeclared-assignments.ts';

/** Reads the sources one after the other and adds up what they would create. */
export async function planSources(
  sources: readonly RecognisedSource[],
  request: ImportRequest,
  tally: ImportTally,
  progress: Progress,
): Promise<void> {
  const copies = new CopiedFiles(tally);
  for (const [at, source] of sources.entries()) {
    const own = ofSource(progress, at, sources.length);
    const { events, finish } = await openSource(source, request);
    let read = 0;
    for await (const _event of events) {
      read += 1;
      if (read % STEP === 0) own.step(`${count(read)} events read`);
    }
    own.step(`${count(read)} events read`);
    tally.read(await withContradiction(source, finish()));
    nameUndecodable(source, tally);
    await copies.compare(source, firstIdOf(events));
  }
  progress.step('');
}

const firstIdOf = (events: OpenSource['events']): string | undefined =>
  Array.isArray(events) ? events[0]?.id : undefined;

/** Events between two steps of the progress. */
const STEP = 1000;

/** Progress that says which of the sources it is of, where there are several. */
const ofSource = (progress: Progress, at: number, sources: number): Progress => ({
  ...progress,
  step: (text) =>
    progress.step(sources === 1 ? text : `source ${count(at + 1)} of ${count(sources)}: ${text}`),
});

/** Exits with the file and pointer where a source names another run than the caller does, before anything is written. */
export async function refuseOtherRun(
  sources: readonly RecognisedSource[],
  request: ImportRequest,
): Promise<void> {
  const { run } = request;
  if (run === undefined) return;
  for (const source of sources) {
    const { events } = await openSource(source, request);
    for await (const { data, importedsha256, importedpointer } of events) {
      if (!('runId' in data) || data.runId === run) continue;
      const file = await fileOf(source, importedsha256);
      throw new Exit(
        EXIT.failed,
        `${file}, ${importedpointer}: the run is ${data.runId}; --run says ${run}.`,
        'run_contradicted',
      );
    }
  }
}

async function fileOf({ folder }: RecognisedSource, sha256: string): Promise<string> {
  for (const file of folder.files) if ((await file.sha256()) === sha256) return file.path;
  return folder.name;
}

/** What was found in a source, with the first line of a file that nothing was read from though the caller named its kind. */
async function withContradiction(source: RecognisedSource, found: Imported): Promise<Imported> {
  const [file] = source.folder.files;
  if (source.isAsked !== true || found.plan.events > 0 || !file) return found;
  const lines = (await file.headText()).split(/\r\n|[\r\n]/);
  const at = Math.max(
    lines.findIndex((line) => line.trim() !== ''),
    0,
  );
  const text = (lines[at] ?? '').trim().slice(0, SHOWN);
  const reason = `nothing in it was read as ${source.importer.kind}, which looks for ${source.importer.looksFor}; the line is ${JSON.stringify(text)}`;
  return {
    ...found,
    rejected: [...found.rejected, { source: `${file.path}:${at + 1}`, pointer: '', reason }],
  };
}

/** Characters of a line that are shown. */
const SHOWN = 80;

type Destination = {
  readonly url: string;
  readonly post: Post;
  readonly keepsRaw: boolean;
  /** Whether files with a secret in them are stored too. */
  readonly keepsSecrets: boolean;
  readonly progress: Progress;
};

/** Reads the sources one after the other and appends the facts of each before it reads the next. */
export async function appendSources(
  sources: readonly RecognisedSource[],
  request: ImportRequest,
  tally: ImportTally,
  { url, post, keepsRaw, keepsSecrets, progress }: Destination,
): Promise<RawFiles> {
  const raw = await RawKeeper.open({ url, keepsRaw, keepsSecrets }, tally);
  const copies = new CopiedFiles(tally);
  for (const [at, source] of sources.entries()) {
    const { events, finish } = await openSource(source, request);
    const known = Array.isArray(events) ? events : undefined;
    const byDigest = await filesByDigest(source, known);
    for (const event of known ?? []) raw.watch(event);
    if (known) await raw.keep(byDigest);
    const declared = request.assignment !== undefined || !known || !assigns(known);
    const left = declared ? (known ?? raw.watched(events)) : await withoutWeaker(url, known);
    tally.append(await append(linesOf(left, byDigest), post, ofSource(progress, at, sources.length)));
    /* What a stream redacts is known behind it. */
    if (!known) await raw.keep(byDigest);
    tally.read(await withContradiction(source, finish()));
    nameUndecodable(source, tally);
    await copies.compare(source, firstIdOf(events));
  }
  return raw.counts;
}

/** Names the files of which a part was read as no text: their names and labels are not those of the source. */
function nameUndecodable({ folder: { files } }: RecognisedSource, tally: ImportTally): void {
  for (const { path, undecodableLine } of files)
    if (undecodableLine !== undefined)
      tally.warn({
        code: 'text_undecodable',
        count: 1,
        example: `${path}:${undecodableLine}: not UTF-8; what could not be decoded was read as U+FFFD: convert the file (iconv -f LATIN1 -t UTF-8)`,
      });
}

type OpenSource = {
  readonly events: readonly ImportedEvent[] | AsyncIterable<ImportedEvent>;
  readonly finish: () => Imported;
};

/** The events of a source: one after the other where its importer can, so that a large file does not fill the memory. */
async function openSource(source: RecognisedSource, request: ImportRequest): Promise<OpenSource> {
  const { importer, folder } = source;
  if (importer.stream) return importer.stream(folder, request);
  const read = await readSource(source, request);
  return { events: read.events, finish: () => read };
}

/**
 * An importer that fails is a defect of Tributary; the other sources are imported all the same. A file of which a part would
 * not be read ends the import, and one that holds too much is left out.
 */
async function readSource({ importer, folder }: RecognisedSource, request: ImportRequest): Promise<Imported> {
  const tooLarge: Rejection[] = [];
  let { files } = folder;
  for (;;) {
    try {
      const read = await importer.read({ ...folder, files }, request);
      return { ...read, rejected: [...read.rejected, ...tooLarge] };
    } catch (error) {
      if (isGzipEndsEarly(error)) throw error;
      const left = files.filter(({ path }) => !isGzipTooLarge(error) || path !== error.path);
      if (!isGzipTooLarge(error) || left.length === files.length) return failed(importer, folder, error);
      files = left;
      tooLarge.push({ source: error.path, pointer: '', reason: error.message });
    }
  }
}

function failed({ kind }: Importer, { files }: Folder, error: unknown): Imported {
  const reason = `the importer ${kind} failed: ${error instanceof Error ? error.message : String(error)}`;
  return {
    plan: { events: 0, byType: {}, experiments: [] },
    events: [],
    warnings: [],
    rejected: files.map(({ path }) => ({ source: path, pointer: '', reason })),
    unresolved: [],
  };
}

const assigns = (events: readonly ImportedEvent[]): boolean =>
  events.some(({ type }) => type === 'mixture.experiment.assigned');

/** The files that facts were read from or name; all files if the facts are not known yet. */
async function filesByDigest(
  { folder }: RecognisedSource,
  events: readonly ImportedEvent[] | undefined,
): Promise<Map<string, SourceFile>> {
  const used = events && new Set(events.flatMap(blobsOf));
  const files = new Map<string, SourceFile>();
  for (const file of used?.size === 0 ? [] : folder.files) {
    const sha256 = await file.sha256();
    if ((used?.has(sha256) ?? true) && !files.has(sha256)) files.set(sha256, file);
  }
  return files;
}

const blobsOf = ({ importedsha256, type, data }: ImportedEvent): string[] => [
  importedsha256,
  ...blobsNamedBy(type, data),
];

async function* linesOf(
  events: Iterable<ImportedEvent> | AsyncIterable<ImportedEvent>,
  byDigest: ReadonlyMap<string, SourceFile>,
): AsyncGenerator<SourceLine> {
  for await (const event of events) {
    const path = byDigest.get(event.importedsha256)?.path ?? event.importedsha256.slice(0, 12);
    yield { text: JSON.stringify(event), source: `${path}#${event.importedpointer}` };
  }
}
