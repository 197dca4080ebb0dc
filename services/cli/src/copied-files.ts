import type { RecognisedSource } from '@tributary/importers';
import type { ImportTally } from './import-tally.ts';

/**
 * Names the files that are copies of another file of the import. A copy states the same facts, such as a blend that two recipes
 * repeat byte for byte, so it adds none; without this it would only be a number of duplicates.
 */
export class CopiedFiles {
  readonly #paths = new Map<string, string>();
  readonly #tally: ImportTally;

  constructor(tally: ImportTally) {
    this.#tally = tally;
  }

  /** Importers of several files compare them themselves, and have not read all of them. */
  async compare({ importer, folder: { files } }: RecognisedSource): Promise<void> {
    const [file, ...others] = files;
    if (!file || others.length > 0) return;
    const key = `${importer.kind} ${await file.sha256()}`;
    const before = this.#paths.get(key);
    if (before === undefined) this.#paths.set(key, file.path);
    else
      this.#tally.warn({
        code: 'file_repeated',
        count: 1,
        example: `${file.path} is a copy of ${before}; what both state is one`,
      });
  }
}
