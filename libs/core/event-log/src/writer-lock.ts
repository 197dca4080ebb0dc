import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@tributary/kernel';

/** LMDB lets several processes write. This log has one writer, because sequences and heads are in its memory. */
export type WriterLock = { release(): void };

/** Locks a directory for this process. Throws Fault `log_locked` where another process has the lock. */
export function lockForWriting(directory: string): WriterLock {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, 'writer.lock');
  const token = `${process.pid} ${startOf(process.pid)}`;
  if (!create(path, token)) {
    removeStale(path, token);
    if (!create(path, token)) throw taken(directory, textOf(path));
  }
  return {
    release: () => {
      if (textOf(path) === token) rmSync(path, { force: true });
    },
  };
}

function create(path: string, token: string): boolean {
  try {
    writeFileSync(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Renaming is atomic: of two processes that find the same stale lock, one gets it. */
function removeStale(path: string, token: string): void {
  const holder = textOf(path);
  if (isAlive(holder)) return;
  const aside = `${path}.${token.replace(' ', '-')}`;
  renameSync(path, aside);
  if (textOf(aside) !== holder) renameSync(aside, path);
  else rmSync(aside);
}

function isAlive(holder: string): boolean {
  const [pid = '', start = ''] = holder.split(' ');
  if (!/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  return startOf(Number(pid)) === start;
}

/**
 * When a process started, in clock ticks since boot. Distinguishes processes that reuse a pid. Empty where there is no
 * /proc.
 */
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const taken = (directory: string, holder: string): Fault =>
  new Fault(
    'log_locked',
    `process ${holder.split(' ')[0]} writes to ${directory}; stop it, or choose another directory`,
  );
