import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Fault, processMark } from '@tributary/kernel';
import { AliveTokens, put, remove, tokensOf, touch } from './pause-files.ts';
import { hasNoRoom } from './write-fault.ts';
import { isLockedHere } from './writer-lock.ts';

const LOOK_MS = 10;
const TOUCH_MS = 1_000;

/**
 * Runs `open`, which opens the LMDB file of a directory, while the process that commits there pauses (`CommitPause`); at once
 * where none does. Throws Fault `commits_go_on` where it has not paused within `timeout` milliseconds, or this process may
 * not ask it.
 */
export async function whileCommitsPause<Result>(
  directory: string,
  open: () => Result,
  { timeout = 30_000 }: { readonly timeout?: number } = {},
): Promise<Result> {
  const writers = new AliveTokens(directory, 'committing', () => performance.now());
  /* A process of an earlier version has the lock of the log and no such file. */
  const isWritten = (): boolean => writers.tokens().length > 0 || isLockedHere(directory);
  const token = `${processMark()} ${randomUUID()}`;
  if (!ask(directory, token)) {
    if (writers.tokens().length > 0)
      throw goesOn(directory, 'this process may not write there to ask for one');
    return open();
  }
  const beat = setInterval(() => touch(directory, 'pause', token), TOUCH_MS);
  try {
    const until = performance.now() + timeout;
    while (!tokensOf(directory, 'paused').includes(token) && isWritten()) {
      if (performance.now() > until)
        throw goesOn(
          directory,
          `it did not pause within ${timeout / 1000} s, as one of an earlier version never does, or one whose disk hangs`,
        );
      await wait(LOOK_MS);
    }
    return open();
  } finally {
    clearInterval(beat);
    remove(directory, 'pause', token);
  }
}

/** False where the directory takes no file. */
function ask(directory: string, token: string): boolean {
  try {
    put(directory, 'pause', token);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^(EACCES|EPERM|EROFS)$/.test(code) || hasNoRoom(error)) return false;
    throw error;
  }
}

const goesOn = (directory: string, reason: string): Fault =>
  new Fault(
    'commits_go_on',
    `a running process writes to ${directory} and has to pause for a moment, but ${reason}; try again as its user, or stop it first`,
  );
