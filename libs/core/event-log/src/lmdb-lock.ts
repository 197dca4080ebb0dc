import { existsSync, linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasNoRoom, noRoomToOpen } from './write-fault.ts';

/** Three pages: more than LMDB asks for, which takes what is there and has slots for more readers then. */
const LOCK = Buffer.alloc(3 * 4096);

/**
 * Makes the lock file of an LMDB directory where it has none. LMDB would make one of holes and write to it through a
 * mapping, and a process that writes to a hole of a full disk is killed. The name appears with the whole file, since another
 * process may open the same directory. Throws Fault `disk_full`; whatever else fails here is left to LMDB, which reads a
 * directory without a lock where it may not write to it.
 */
export function allocateLock(directory: string): void {
  const path = join(directory, 'lock.mdb');
  if (existsSync(path)) return;
  try {
    linkNew(directory, path);
  } catch (error) {
    if (hasNoRoom(error)) throw noRoomToOpen(directory, error);
  }
}

function linkNew(directory: string, path: string): void {
  const unfinished = mkdtempSync(join(directory, 'lock-'));
  try {
    const whole = join(unfinished, 'lock.mdb');
    writeFileSync(whole, LOCK, { mode: 0o664 });
    linkSync(whole, path);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
