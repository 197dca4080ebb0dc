import type { SourceFile } from './files/folder.ts';
import type { FileMatch, Importer, ImportRequest } from './importer.ts';
import { FactCollector } from './facts/fact-collector.ts';

/** How sure an importer is that it can read a file (0 to 1), and why. */
export type Recognition = { readonly confidence: number; readonly evidence: string };

type FileKind = Pick<Importer, 'kind' | 'version' | 'looksFor'> & {
  readonly recognise: (file: SourceFile) => Promise<Recognition | undefined>;
  readonly readFile: (file: SourceFile, collector: FactCollector, request: ImportRequest) => Promise<void>;
};

/** An importer of a kind of file that stands for itself: every such file of a folder is a claim of its own. */
export function fileImporter({ recognise, readFile, ...name }: FileKind): Importer {
  return {
    ...name,
    async detect({ files }) {
      const matches: FileMatch[] = [];
      for (const file of files) {
        const recognised = await recognise(file);
        if (!recognised) continue;
        const evidence = [`${file.path} ${recognised.evidence}`];
        matches.push({ files: [file], confidence: recognised.confidence, evidence });
      }
      return matches;
    },
    async read({ files }, request) {
      const collector = new FactCollector(name);
      for (const file of files) await readFile(file, collector, request);
      return collector.finish();
    },
  };
}
