import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { freeBytes } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import { Fault } from '@tributary/kernel';
import { addOwner, lostFolder, ownersOf, removeOwner } from '@tributary/lifecycle';

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
 * `blobs_missing` and `dead_letters_missing`, each with the way out. Where they are open, one that is not there is missed
 * whether the log knows it or not: what is written to it would be gone.
 */
export function missingFolders(
  directory: string,
  owner: Owner,
  { areOpen = false }: { readonly areOpen?: boolean } = {},
): ReadinessCondition[] {
  return NAMES.flatMap((name) => {
    const path = folderOf(directory, name);
    const { code, holds } = FOLDERS[name];
    const owners = ownersOf(path);
    const isDeleted = areOpen && !existsSync(path);
    const isOwn = owners.includes(owner.logId) || (owners.length === 0 && !owner.folders.knows(name));
    if (isOwn && !isDeleted) return [];
    return [{ code, detail: lostFolder(path, { logId: owner.logId, holds, quotedPath: `'${path}'` }) }];
  });
}

/** To be called before anything opens the folders, which would make them anew. Throws the first condition as a Fault. */
export function requireFolders(directory: string, owner: Owner): void {
  const [missing] = missingFolders(directory, owner);
  if (missing) throw new Fault(missing.code, missing.detail);
}

/**
 * Makes the log know the open folders that something would be lost with: that of the blobs, and that of the dead letters
 * where there are some. Where the disk has no room, the next start does it.
 */
export async function markFolders(
  directory: string,
  owner: Owner,
  { hasDeadLetters }: { readonly hasDeadLetters: boolean },
): Promise<void> {
  try {
    await markFolder(directory, owner, 'blobs');
    if (hasDeadLetters) await markFolder(directory, owner, 'dead-letters');
    else await forgetDeadLetters(directory, owner);
  } catch (error) {
    if (!(error instanceof Fault && error.code === 'disk_full')) throw error;
  }
}

/**
 * Before the first dead letter is stored. Throws the Faults of `markFolder`, and `dead_letters_missing` where the open folder
 * was deleted: what is stored now would be gone with it.
 */
export async function markDeadLetters(directory: string, owner: Owner): Promise<void> {
  const path = folderOf(directory, 'dead-letters');
  if (!existsSync(join(path, 'data.mdb')))
    throw new Fault('dead_letters_missing', `${path} was deleted while it was open; start the server again`);
  await markFolder(directory, owner, 'dead-letters');
}

/**
 * Writes the id of the log into the folder, then the folder into the log: a kill between the two tells nothing untrue. Throws
 * Faults `disk_full` and `folder_unmarked` (both retryable), and those of the log.
 */
async function markFolder(directory: string, { logId, folders }: Owner, name: FolderName): Promise<void> {
  if (folders.knows(name)) return;
  const path = folderOf(directory, name);
  try {
    await addOwner(path, logId);
  } catch (cause) {
    throw unmarked(path, cause);
  }
  await folders.add(name);
}

/** Versions before noted this folder at their first start. As long as it is empty, it may be deleted. */
async function forgetDeadLetters(directory: string, { logId, folders }: Owner): Promise<void> {
  await folders.forget('dead-letters');
  /* The mark of another user cannot be removed, and does no harm while the log does not know the folder. */
  await removeOwner(folderOf(directory, 'dead-letters'), logId).catch(() => undefined);
}

function unmarked(path: string, cause: unknown): Fault {
  if (cause instanceof Error && 'code' in cause && NO_ROOM.has(cause.code))
    return new Fault('disk_full', `the disk of ${path} has no room`, { retryable: true, cause });
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new Fault(
    'folder_unmarked',
    `the id of the log could not be written into ${path}, so nothing was stored there (${reason}); send the same again, and where that does not help, give the user of the server the right to write there, and enough open files`,
    { retryable: true, cause },
  );
}

const NO_ROOM: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);
