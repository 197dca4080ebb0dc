import { FactCollector } from '../facts/fact-collector.ts';
import type { SourceFile } from '../files/folder.ts';
import type { FileMatch, Importer, ImportRequest } from '../importer.ts';
import type { FileMap } from './map.ts';
import { readMapped, surveyMapped } from './read-mapped.ts';
import type { MappedFile } from './read-mapped.ts';
import { SharedRuns } from './shared-runs.ts';

const MAP_VERSION = '1.0';

/** The kind of facts that were imported by the user's own map. */
export const MAP_KIND = 'map';

/** The map of a file; undefined if it has none. */
export type MapOfFile = (file: SourceFile) => Promise<FileMap | undefined>;

/**
 * An importer that reads the files of a folder by a map: all, or those whose path its pattern matches. Runs that several
 * files name are compared, so the files are one source. The map is no part of the ids of its facts: the same file read by
 * a changed map gives other content to a known id, which is refused, and nothing counts twice.
 */
export function mapImporter(map: FileMap): Importer {
  return {
    ...readingBy(() => Promise.resolve(map), { kind: MAP_KIND, isDeclared: true }),
    looksFor: 'whatever the map says',
    takes: ['run'],
    detect: ({ files }) => {
      const mapped = files.filter(({ path }) => map.path === undefined || map.path.match(path) !== undefined);
      const evidence = mapped.map(({ path }) => `${path} is read by the map`);
      const match: FileMatch = { files: mapped, confidence: 1, evidence };
      return Promise.resolve(mapped.length > 0 ? [match] : []);
    },
  };
}

/** Reading files by maps. Runs are what the user calls them, if the user declared the map. */
export function readingBy(
  mapOf: MapOfFile,
  { kind, isDeclared }: { readonly kind: string; readonly isDeclared: boolean },
): Required<Pick<Importer, 'kind' | 'version' | 'read' | 'stream'>> {
  const name = { kind, version: MAP_VERSION };
  async function* readAll(files: readonly SourceFile[], collector: FactCollector, request: ImportRequest) {
    const readable = isDeclared ? await surveyAll(files, collector) : undefined;
    const shared = new SharedRuns((readable ?? []).map(({ survey }) => survey));
    for (const file of readable ?? files) {
      const mapped = 'survey' in file ? file : await surveyed(file, collector);
      if (mapped) yield* readMapped(mapped, { isDeclared, shared }, collector, request);
    }
  }
  /** The files that can be read. All are read once before facts are made, to find the runs that they share. */
  async function surveyAll(files: readonly SourceFile[], collector: FactCollector): Promise<MappedFile[]> {
    const all: MappedFile[] = [];
    for (const file of files) {
      const mapped = await surveyed(file, collector);
      if (mapped) all.push(mapped);
    }
    return all;
  }
  async function surveyed(file: SourceFile, { findings }: FactCollector): Promise<MappedFile | undefined> {
    const map = await mapOf(file);
    const mapped = map ? await surveyMapped(file, map) : 'the file does not look like this kind';
    if (typeof mapped !== 'string') return mapped;
    findings.reject(file.path, '', mapped);
    return undefined;
  }
  return {
    ...name,
    async read({ files }, request) {
      const collector = new FactCollector(name);
      for await (const _part of readAll(files, collector, request));
      return collector.finish();
    },
    stream({ files }, request) {
      const collector = new FactCollector(name);
      async function* events() {
        for await (const _part of readAll(files, collector, request)) yield* collector.take();
        yield* collector.take();
      }
      return { events: events(), finish: () => collector.finish() };
    },
  };
}
