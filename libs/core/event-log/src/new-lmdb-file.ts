import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { open } from 'lmdb';
import { allocateLock } from './lmdb-lock.ts';
import { requireRoomToOpen } from './write-fault.ts';

/**
 * Makes the LMDB file of a directory where it has none, whole or not at all. LMDB writes the two pages that a file begins
 * with and does not flush them, and opens no file that has one of them alone, as a power cut may leave it. Throws Fault
 * `disk_full`.
 */
export async function makeLmdbFile(directory: string): Promise<void> {
  const file = join(directory, 'data.mdb');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0) return;
  const unfinished = join(directory, 'unfinished');
  rmSync(unfinished, { recursive: true, force: true });
  requireRoomToOpen(directory);
  mkdirSync(unfinished, { recursive: true });
  allocateLock(unfinished);
  await open({ path: unfinished, noSubdir: false }).close();
  const made = join(unfinished, 'data.mdb');
  flush(made);
  renameSync(made, file);
  flush(directory);
  rmSync(unfinished, { recursive: true });
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
