import { FactCollector } from '../facts/fact-collector.ts';
import type { SourceFile } from '../files/folder.ts';
import type { FileMatch, Importer, ImportRequest } from '../importer.ts';
import type { FileMap } from './map.ts';
import { readMapped } from './read-mapped.ts';

const MAP_VERSION = '1.0';

/** The kind of facts that were imported by the user's own map. */
export const MAP_KIND = 'map';

/** The map of a file; undefined if it has none. */
export type MapOfFile = (file: SourceFile) => Promise<FileMap | undefined>;

/**
 * An importer that reads every file of a folder by a map. The map is no part of the ids of its facts: the same file read
 * by a changed map gives other content to a known id, which is refused, and nothing counts twice.
 */
export function mapImporter(map: FileMap): Importer {
  return {
    ...readingBy(() => Promise.resolve(map), { kind: MAP_KIND, isDeclared: true }),
    looksFor: 'whatever the map says',
    detect: ({ files }) => {
      const matchOf = (file: SourceFile): FileMatch => ({
        files: [file],
        confidence: 1,
        evidence: [`${file.path} is read by the map`],
      });
      return Promise.resolve(files.map(matchOf));
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
    for (const file of files) {
      const map = await mapOf(file);
      if (map) yield* readMapped(file, { map, isDeclared }, collector, request);
      else collector.findings.reject(file.path, '', 'the file does not look like this kind');
    }
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
