import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalLog } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

/** The files of LMDB in a data directory. */
export const LMDB_FILES = { deadLetters: 'dead-letters/data.mdb', log: 'log/data.mdb' } as const;

/** The folders beside the log that the log knows. */
const FOLDERS = ['blobs', 'dead-letters'] as const;

/** Empty files whose names are the ids of the log that the folders belong to. */
export const marksIn = (data: string): string[] =>
  FOLDERS.flatMap((name) => idsOf(data, name).map((id) => `${name}/log-id/${id}`));

const idsOf = (data: string, name: string): string[] => {
  const path = join(data, name, 'log-id');
  return existsSync(path) ? readdirSync(path) : [];
};

/**
 * Throws Fault `backup_refused` where a folder is missing that the log knows, or belongs to another log: no server starts
 * on such a directory.
 */
export function requireFolders(data: string, { logId, folders }: Pick<LocalLog, 'logId' | 'folders'>): void {
  for (const name of FOLDERS) {
    const ids = idsOf(data, name);
    if (ids.includes(logId) || (ids.length === 0 && !folders.knows(name))) continue;
    throw new Fault(
      'backup_refused',
      `${join(data, name)} is missing or belongs to another log, so no server starts on ${data}; put the folder back first`,
    );
  }
}

/** A folder of LMDB gets its lock files again when it is opened. */
export function removeLocks(folder: string): void {
  for (const name of ['lock.mdb', 'writer.lock']) rmSync(join(folder, name), { force: true });
}
