import { readFileSync, rmSync, writeFileSync } from 'node:fs';

const PAUSE = 200;

/**
 * Runs `work` while no other process runs work with the same lock file; blocks meanwhile. It avoids repeated work and
 * guarantees nothing: after `milliseconds`, or if the owner of the lock has died, the work runs anyway.
 */
export function withLock<T>(file: string, milliseconds: number, work: () => T): T {
  const until = Date.now() + milliseconds;
  while (!tryAcquire(file) && Date.now() < until) {
    if (ownerIsGone(file)) rmSync(file, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
  }
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryAcquire(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function ownerIsGone(file: string): boolean {
  try {
    const owner = Number(readFileSync(file, 'utf8'));
    // The file is empty: it was just created and its PID is not written yet.
    if (owner === 0) return false;
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return hasCode(error, 'ESRCH') || hasCode(error, 'ENOENT');
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
