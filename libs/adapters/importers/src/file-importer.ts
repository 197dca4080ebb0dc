import type { SourceFile } from './files/folder.ts';
import { unlessTooLarge } from './files/gunzip.ts';
import type { FileMatch, Importer, ImportRequest } from './importer.ts';
import { FactCollector } from './facts/fact-collector.ts';

/** The confidence (0 to 1) that an importer can read a file, and the evidence. */
export type Recognition = { readonly confidence: number; readonly evidence: string };

type FileKind = Pick<Importer, 'kind' | 'version' | 'looksFor' | 'takes'> & {
  readonly recognise: (file: SourceFile) => Promise<Recognition | undefined>;
  readonly readFile: (file: SourceFile, collector: FactCollector, request: ImportRequest) => Promise<void>;
};

/** An importer for a kind whose files are independent: each file is a match of its own. */
export function fileImporter({ recognise, readFile, ...name }: FileKind): Importer {
  return {
    ...name,
    async detect({ files }) {
      const matches: FileMatch[] = [];
      for (const file of files) {
        const recognised = await unlessTooLarge(recognise(file));
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
