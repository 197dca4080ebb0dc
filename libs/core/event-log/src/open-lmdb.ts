import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { open } from 'lmdb';
import { CommitPause } from './commit-pause.ts';
import { allocateLock } from './lmdb-lock.ts';
import { makeLmdbFile } from './new-lmdb-file.ts';
import { isOfSameNumber, sameNumber } from './same-number.ts';
import { hasRoomToOpen, noRoomToOpen } from './write-fault.ts';

export type LmdbOptions = {
  /** Bytes of address space for the file. LMDB maps more when the file grows beyond. */
  readonly mapBytes: number;
  /** The names of all databases that will be opened in it. */
  readonly databases: readonly string[];
};

/** An LMDB file that is open for its one writer. */
export type LmdbFile = {
  readonly root: RootDatabase<Buffer, Buffer>;
  /** Every commit is made in it, and so is every database. */
  readonly pause: CommitPause;
  /**
   * Whether its path leads to another file now, or to none. LMDB goes on with the file that it has open, and what it writes
   * there is gone with the process.
   */
  isReplaced(): boolean;
  close(): Promise<void>;
};

/**
 * Opens the LMDB file of a directory for its one writer, and makes it where it is missing. Commits are flushed before they
 * resolve: `overlappingSync` would resolve them earlier, and gains nothing with one commit in flight at a time. Throws Fault
 * `disk_full` where something has to be made and may have no room, and opens a file that is complete on a full disk; and
 * `directory_in_use` where a process of another container has it open that LMDB takes for this one.
 */
export async function openLmdb(directory: string, { mapBytes, databases }: LmdbOptions): Promise<LmdbFile> {
  const pause = await CommitPause.open(directory);
  try {
    await makeLmdbFile(directory);
    allocateLock(directory);
    const root = open<Buffer, Buffer>({
      path: directory,
      noSubdir: false,
      mapSize: mapBytes,
      maxDbs: 8,
      overlappingSync: false,
      eventTurnBatching: false,
      encoding: 'binary',
      keyEncoding: 'binary',
    });
    const opened = fileAt(directory);
    const file = {
      root,
      pause,
      isReplaced: () => fileAt(directory) !== opened,
      close: () => root.close().finally(() => pause.close()),
    };
    const made = new Set(namesIn(root));
    if (databases.every((name) => made.has(name)) || hasRoomToOpen(directory)) return file;
    await root.close();
    throw noRoomToOpen(directory, undefined);
  } catch (error) {
    pause.close();
    throw isOfSameNumber(error) ? sameNumber('directory_in_use', directory, error) : error;
  }
}

/** What tells the LMDB file of a directory from any other that is there at the same time; empty where there is none. */
function fileAt(directory: string): string {
  const found = statSync(join(directory, 'data.mdb'), { bigint: true, throwIfNoEntry: false });
  return found ? `${found.dev} ${found.ino}` : '';
}

/** LMDB keeps the name of each database as a key that ends with a zero byte. */
const namesIn = (root: RootDatabase<Buffer, Buffer>): string[] =>
  [...root.getKeys()].map((name) =>
    Buffer.from(name as Buffer)
      .toString()
      .replace('\0', ''),
  );
