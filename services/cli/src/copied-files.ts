import type { RecognisedSource } from '@tributary/importers';
import type { ImportTally } from './import-tally.ts';

/**
 * Names the files that are copies of another file of the import. A copy states the same facts, such as a blend that two recipes
 * repeat byte for byte, so it adds none; without this it would only be a number of duplicates. Equal bytes of which a name or folder
 * makes something else, such as an index without hashes, have other events and are no copies.
 */
export class CopiedFiles {
  readonly #paths = new Map<string, string>();
  readonly #tally: ImportTally;

  constructor(tally: ImportTally) {
    this.#tally = tally;
  }

  /**
   * Importers of several files compare them themselves, and have not read all of them. `event` is the id of the first event of the
   * source, undefined if it has none or is read as a stream.
   */
  async compare({ importer, folder: { files } }: RecognisedSource, event: string | undefined): Promise<void> {
    const [file, ...others] = files;
    if (!file || others.length > 0) return;
    const key = `${importer.kind} ${await file.sha256()} ${event ?? ''}`;
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
