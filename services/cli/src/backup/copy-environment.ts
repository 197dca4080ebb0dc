import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { allocateLock, lmdbFileDamage } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { open } from 'lmdb';

/** More than any file: the whole of it is mapped, and no memory is taken for it. */
const MAP_BYTES = 64 * 1024 ** 3;

/**
 * Copies the LMDB environment of a folder as of one commit into a new folder, without its unused pages. Another process
 * may write to it meanwhile: the copy is made within a read transaction, which takes no lock of the writer. Throws Fault
 * `backup_refused` where the file is damaged, and `disk_full` where the folder that is copied has no room for a lock file.
 */
export async function copyEnvironment(from: string, to: string): Promise<void> {
  const damage = lmdbFileDamage(from);
  if (damage !== undefined) throw new Fault('backup_refused', damage);
  allocateLock(from);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const environment = open({ path: from, noSubdir: false, readOnly: true, mapSize: MAP_BYTES, maxDbs: 8 });
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
