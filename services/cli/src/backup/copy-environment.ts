import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { allocateLock, lmdbFileDamage, whileCommitsPause } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { RootDatabase } from 'lmdb';
import { open } from 'lmdb';

/** More than any file: the whole of it is mapped, and no memory is taken for it. */
const MAP_BYTES = 64 * 1024 ** 3;

/**
 * Copies the LMDB environment of a folder as of one commit into a new folder, without its unused pages. Another process
 * may write to it meanwhile, and pauses while the file is opened: the copy is made within a read transaction, which takes no
 * lock of the writer. Throws Faults `commits_go_on`, `backup_refused` where the file is damaged, and `disk_full` where the
 * folder that is copied has no room for a lock file.
 */
export async function copyEnvironment(from: string, to: string, signal: AbortSignal): Promise<void> {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const environment = await whileCommitsPause(from, () => openReadOnly(from), { signal });
  try {
    await environment.backup(to, true);
  } finally {
    await environment.close();
  }
  const file = openSync(join(to, 'data.mdb'), 'r+');
  fchmodSync(file, 0o600);
  fsyncSync(file);
  closeSync(file);
}

function openReadOnly(path: string): RootDatabase {
  const damage = lmdbFileDamage(path);
  if (damage !== undefined) throw new Fault('backup_refused', damage);
  allocateLock(path);
  return open({ path, noSubdir: false, readOnly: true, mapSize: MAP_BYTES, maxDbs: 8 });
}
