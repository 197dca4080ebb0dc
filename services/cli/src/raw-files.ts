import type { ImportedEvent, SourceFile } from '@tributary/importers';
import type { RawFiles } from './import-answer.ts';
import type { ImportTally } from './import-tally.ts';
import { keepRaw, mostRawBytes } from './server/keep-raw.ts';

type Destination = { readonly url: string; readonly keepsRaw: boolean; readonly keepsSecrets: boolean };

/** What stands in facts where a value was redacted, and the mark of a configuration in which one was. */
const REDACTED = /\[redacted:|"redacted":true/;

/**
 * Stores the files of an import beside its facts. A file of whose facts one has a redacted value is withheld, whatever a look at
 * its bytes finds: importers also know a secret by its name, which may be the name of the file or of a column.
 */
export class RawKeeper {
  readonly #destination: Destination;
  readonly #tally: ImportTally;
  readonly #redacted = new Set<string>();
  readonly #counts = { kept: 0, known: 0, withheld: 0 };
  #most: number | undefined;

  private constructor(destination: Destination, tally: ImportTally) {
    this.#destination = destination;
    this.#tally = tally;
  }

  static async open(destination: Destination, tally: ImportTally): Promise<RawKeeper> {
    const keeper = new RawKeeper(destination, tally);
    if (destination.keepsRaw) keeper.#most = await mostRawBytes(destination.url);
    return keeper;
  }

  get counts(): RawFiles {
    return this.#counts;
  }

  /** Looks at each event that passes. */
  async *watched(
    events: Iterable<ImportedEvent> | AsyncIterable<ImportedEvent>,
  ): AsyncGenerator<ImportedEvent> {
    for await (const event of events) {
      this.watch(event);
      yield event;
    }
  }

  watch({ importedsha256, data }: ImportedEvent): void {
    if (this.#destination.keepsRaw && REDACTED.test(JSON.stringify(data))) this.#redacted.add(importedsha256);
  }

  async keep(byDigest: ReadonlyMap<string, SourceFile>): Promise<void> {
    const { url, keepsRaw, keepsSecrets } = this.#destination;
    for (const [sha256, file] of keepsRaw ? byDigest : []) {
      const isRedacted = this.#redacted.has(sha256);
      const kept = await keepRaw(url, file, { keepsSecrets, most: this.#most, isRedacted });
      this.#counts[kept.outcome] += 1;
      if (kept.outcome === 'withheld')
        this.#tally.warn({ code: 'raw_not_kept', count: 1, example: `${file.path}: ${kept.reason}` });
    }
  }
}
