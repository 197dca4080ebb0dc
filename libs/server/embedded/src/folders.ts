import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import { addOwner, lostFolder, ownersOf } from '@tributary/lifecycle';

/** What cannot be made again from the log, in folders of their own beside it. */
type FolderName = 'blobs' | 'dead-letters';

type Folder = {
  readonly code: 'blobs_missing' | 'dead_letters_missing';
  /** What is lost with it, in words. */
  readonly holds: string;
};

const FOLDERS: Readonly<Record<FolderName, Folder>> = {
  blobs: { code: 'blobs_missing', holds: 'data of facts and files that were acknowledged' },
  'dead-letters': { code: 'dead_letters_missing', holds: 'refused parts of requests that were acknowledged' },
};
const NAMES: readonly FolderName[] = ['blobs', 'dead-letters'];

/** A log by its id, and the folders that it knows. */
type Owner = Pick<LocalLog, 'logId' | 'folders'>;

export const folderOf = (directory: string, name: FolderName): string => join(directory, name);

/** The directory and the folders in it, which may be links to other disks. */
export const foldersOf = (directory: string): string[] => [
  directory,
  ...['log', 'tables', ...NAMES].map((name) => join(directory, name)),
];

/** The folders whose disks may differ from that of the log, by the words for what they hold. */
export const watchedFolders = (directory: string): Readonly<Record<string, string>> => ({
  data: directory,
  blobs: folderOf(directory, 'blobs'),
  'dead letters': folderOf(directory, 'dead-letters'),
});

/** A folder that is missing fills no disk, and has a condition of its own. */
export const freeIn = (folder: string): number => (existsSync(folder) ? freeBytes(folder) : Infinity);

/**
 * The folders that the log knows and that are not there, have been made anew, or belong to another log: conditions
 * `blobs_missing` and `dead_letters_missing`, each with the way out.
 */
export function missingFolders(directory: string, owner: Owner): ReadinessCondition[] {
  return NAMES.flatMap((name) => {
    const path = folderOf(directory, name);
    const { code, holds } = FOLDERS[name];
    const owners = ownersOf(path);
    if (owners.includes(owner.logId) || (owners.length === 0 && !owner.folders.knows(name))) return [];
    return [{ code, detail: lostFolder(path, { logId: owner.logId, holds, quotedPath: `'${path}'` }) }];
  });
}

/** To be called before anything opens the folders, which would make them anew. Throws the first condition as a Fault. */
export function requireFolders(directory: string, owner: Owner): void {
  const [missing] = missingFolders(directory, owner);
  if (missing) throw new Fault(missing.code, missing.detail);
}

/**
 * Writes the id of the log into each open folder, then the folder into the log, so that a kill between the two tells
 * nothing untrue. Where the disk has no room, the next start does it.
 */
export async function markFolders(directory: string, { logId, folders }: Owner): Promise<void> {
  try {
    for (const name of NAMES) {
      if (folders.knows(name)) continue;
      addOwner(folderOf(directory, name), logId);
      await folders.add(name);
    }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && NO_ROOM.has(error.code))) throw error;
  }
}

const NO_ROOM: ReadonlySet<unknown> = new Set(['disk_full', 'ENOSPC', 'EDQUOT']);
