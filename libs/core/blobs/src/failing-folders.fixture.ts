import { linkSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OpenFolder } from './flushed-folders.ts';

/**
 * Folders on a disk that fails to write them now and then, with the errors that Linux reports: what was not written counts
 * as written afterwards, and the error is reported once to each who had the folder open.
 */
export class FailingFolders {
  readonly #kept: string;
  readonly #fails: (folder: string) => boolean;
  readonly #errors = new Map<string, number>();
  /** Entries that the disk was given, whether it has kept them or not. */
  readonly #written = new Set<string>();
  readonly #durable = new Set<string>();
  #files = 0;

  /** `kept` is a folder of its own, on the same disk. `fails` is asked for each write of a folder. */
  constructor(kept: string, fails: (folder: string) => boolean) {
    this.#kept = kept;
    this.#fails = fails;
    mkdirSync(kept);
  }

  /** Whether a power cut leaves the name of a file, and those of its folders up to `root` with it. */
  has(path: string, root: string): boolean {
    return this.#durable.has(path) && (path === root || this.has(dirname(path), root));
  }

  readonly open: OpenFolder = async (folder) => {
    await pause();
    let seen = this.#errors.get(folder) ?? 0;
    return {
      sync: async () => {
        await pause();
        this.#write(folder);
        const errors = this.#errors.get(folder) ?? 0;
        if (errors === seen) return;
        seen = errors;
        throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' });
      },
      close: () => Promise.resolve(),
    };
  };

  #write(folder: string): void {
    const changed = readdirSync(folder).flatMap((name) => {
      const path = join(folder, name);
      const known = `${path} ${this.#keep(path)}`;
      if (this.#written.has(known)) return [];
      this.#written.add(known);
      return [path];
    });
    if (changed.length === 0) return;
    if (this.#fails(folder)) this.#errors.set(folder, (this.#errors.get(folder) ?? 0) + 1);
    else for (const path of changed) this.#durable.add(path);
  }

  /**
   * The number of what has a name now. A file gets a name of its own here before its number is read, because a file that has
   * a name gives its number to no other one, and another put may replace it at any moment.
   */
  #keep(path: string): number {
    if (lstatSync(path).isDirectory()) return lstatSync(path).ino;
    const kept = join(this.#kept, String((this.#files += 1)));
    linkSync(path, kept);
    return lstatSync(kept).ino;
  }
}

const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
