import type { SourceFile } from './folder.ts';
import type { Claim, Importer, ImportRequest } from './importer.ts';
import { Reading } from './reading.ts';

/** How sure an importer is that it can read a file (0 to 1), and why. */
export type Recognised = { readonly confidence: number; readonly evidence: string };

type FileKind = Pick<Importer, 'kind' | 'version' | 'looksFor'> & {
  readonly recognise: (file: SourceFile) => Promise<Recognised | undefined>;
  readonly readFile: (file: SourceFile, reading: Reading, request: ImportRequest) => Promise<void>;
};

/** An importer of a kind of file that stands for itself: every such file of a folder is a claim of its own. */
export function fileImporter({ recognise, readFile, ...name }: FileKind): Importer {
  return {
    ...name,
    async detect({ files }) {
      const claims: Claim[] = [];
      for (const file of files) {
        const recognised = await recognise(file);
        if (!recognised) continue;
        const evidence = [`${file.path} ${recognised.evidence}`];
        claims.push({ files: [file], confidence: recognised.confidence, evidence });
      }
      return claims;
    },
    async read({ files }, request) {
      const reading = new Reading(name);
      for (const file of files) await readFile(file, reading, request);
      return reading.finish();
    },
  };
}
