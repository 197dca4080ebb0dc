import { isGzipEndsEarly } from '@tributary/importers';
import type {
  RecognisedSource,
  Imported,
  ImportedEvent,
  ImportRequest,
  SourceFile,
} from '@tributary/importers';
import { append } from './append.ts';
import type { SourceLine } from './append.ts';
import type { RawFiles } from './import-answer.ts';
import type { ImportTally } from './import-tally.ts';
import type { Progress } from './context.ts';
import { withoutWeaker } from './server/undeclared-assignments.ts';
import { keepRaw } from './server/keep-raw.ts';
import { postEvents } from './server/post-events.ts';

/** Reads the sources one after the other and adds up what they would create. */
export async function planSources(
  sources: readonly RecognisedSource[],
  request: ImportRequest,
  tally: ImportTally,
): Promise<void> {
  for (const source of sources) tally.read(await readSource(source, request));
}

type Destination = { readonly url: string; readonly keepsRaw: boolean; readonly progress: Progress };

/** Reads the sources one after the other and appends the facts of each before it reads the next. */
export async function appendSources(
  sources: readonly RecognisedSource[],
  request: ImportRequest,
  tally: ImportTally,
  { url, keepsRaw, progress }: Destination,
): Promise<RawFiles> {
  const raw = { kept: 0, known: 0, withheld: 0 };
  for (const source of sources) {
    const read = await readSource(source, request);
    tally.read(read);
    const byDigest = await filesByDigest(source, read.events);
    for (const file of keepsRaw ? byDigest.values() : []) {
      const kept = await keepRaw(url, file);
      raw[kept.outcome] += 1;
      if (kept.outcome === 'withheld')
        tally.warn({ code: 'raw_not_kept', count: 1, example: `${file.path}: ${kept.reason}` });
    }
    const declared = request.assignment !== undefined || !assigns(read.events);
    const events = declared ? read.events : await withoutWeaker(url, read.events);
    tally.append(await append(linesOf(events, byDigest), (batch) => postEvents(url, batch), progress));
  }
  return raw;
}

/** An importer that fails is a defect of Tributary; the other sources are imported all the same. A file of which a part would not be read ends the import. */
async function readSource({ importer, folder }: RecognisedSource, request: ImportRequest): Promise<Imported> {
  return importer.read(folder, request).catch((error: unknown) => {
    if (isGzipEndsEarly(error)) throw error;
    const reason = `the importer ${importer.kind} failed: ${error instanceof Error ? error.message : String(error)}`;
    const rejected = folder.files.map(({ path }) => ({ source: path, pointer: '', reason }));
    return {
      plan: { events: 0, byType: {}, experiments: [] },
      events: [],
      warnings: [],
      rejected,
      unresolved: [],
    };
  });
}

const assigns = (events: readonly ImportedEvent[]): boolean =>
  events.some(({ type }) => type === 'mixture.experiment.assigned');

/** The files that facts were read from. */
async function filesByDigest(
  { folder }: RecognisedSource,
  events: readonly ImportedEvent[],
): Promise<Map<string, SourceFile>> {
  const used = new Set(events.map(({ importedsha256 }) => importedsha256));
  const files = new Map<string, SourceFile>();
  for (const file of used.size > 0 ? folder.files : []) {
    const sha256 = await file.sha256();
    if (used.has(sha256) && !files.has(sha256)) files.set(sha256, file);
  }
  return files;
}

function* linesOf(
  events: readonly ImportedEvent[],
  byDigest: ReadonlyMap<string, SourceFile>,
): Generator<SourceLine> {
  for (const event of events) {
    const path = byDigest.get(event.importedsha256)?.path ?? event.importedsha256.slice(0, 12);
    yield { text: JSON.stringify(event), source: `${path}#${event.importedpointer}` };
  }
}
