import { mkdir, open, rename } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Fault } from '@tributary/kernel';

/** Opens a folder so that it can be flushed. */
export type OpenFolder = (path: string) => Promise<Pick<FileHandle, 'sync' | 'close'>>;

const openFolder: OpenFolder = (path) => open(path, 'r');

/**
 * Names in the folders of a directory that are durable once they are given. A flush that failed tells nothing when it is
 * repeated: Linux reports the error once, to those who had the folder open by then, and takes what it could not write for
 * written. So a folder is opened before its names are changed, and a name counts as durable only by a flush after a
 * change of this call's own, which makes the folder be written again.
 */
export class FlushedFolders {
  readonly #directory: string;
  readonly #open: OpenFolder;
  /** Folders whose own names are durable. */
  readonly #made = new Set<string>();
  /** Since a folder was flushed in vain when it was made: what is in use cannot be made again, so no folder is taken into use. */
  #doubtful: Fault | undefined;

  constructor(directory: string, open: OpenFolder = openFolder) {
    this.#directory = directory;
    this.#open = open;
  }

  /** Moves a file into a folder of the directory, over the file that had its name. */
  async move(from: string, to: string): Promise<void> {
    const folder = dirname(to);
    await this.#make(folder);
    try {
      await this.#flushed([folder], () => rename(from, to));
    } catch (cause) {
      /* A folder that was removed can be made again. */
      if (isMissing(cause)) this.#made.delete(folder);
      throw cause;
    }
  }

  async #make(folder: string): Promise<void> {
    if (this.#made.has(folder)) return;
    const above = [this.#directory, dirname(resolve(this.#directory))];
    let isMade = false;
    const make = async (): Promise<void> => {
      await mkdir(folder, { recursive: true });
      isMade = true;
    };
    await this.#flushed(above, make).catch((cause: unknown) => {
      if (isMade) this.#doubtful = doubtful(cause);
      throw cause;
    });
    /* Set by this call or, meanwhile, by another one whose flush failed. */
    if (this.#doubtful) throw this.#doubtful;
    this.#made.add(folder);
  }

  /** Changes names in folders, and flushes these. */
  async #flushed(folders: readonly string[], change: () => Promise<unknown>): Promise<void> {
    const opened: Awaited<ReturnType<OpenFolder>>[] = [];
    try {
      for (const folder of folders) opened.push(await this.#open(folder));
      await change();
      for (const folder of opened) await folder.sync();
    } finally {
      for (const folder of opened) await folder.close();
    }
  }
}

const isMissing = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';

const doubtful = (cause: unknown): Fault =>
  new Fault(
    'blob_write_failed',
    'a folder of blobs could not be flushed when it was made, so no blob that needs another one is taken until the process is started again; check the disk first',
    { cause },
  );
