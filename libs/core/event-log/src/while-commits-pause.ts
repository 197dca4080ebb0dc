import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import { isOfSameNumber, sameNumber } from './same-number.ts';
import { newToken, put, remove, tokensOf, touch } from './pause-files.ts';
import { hasNoRoom } from './write-fault.ts';
import { WritingProcesses } from './writing-processes.ts';

const LOOK_MS = 10;
const TOUCH_MS = 1_000;

export type PauseOptions = {
  /** Milliseconds after which it is given up. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
};

/**
 * Runs `open`, which opens the LMDB file of a directory, while the process that commits there pauses (`CommitPause`); at once
 * where none does. Throws Fault `commits_go_on` where it has not paused in time, or cannot be asked to, and what `signal`
 * says.
 */
export async function whileCommitsPause<Result>(
  directory: string,
  open: () => Result,
  { timeout = 30_000, signal }: PauseOptions = {},
): Promise<Result> {
  const writers = new WritingProcesses(directory);
  const until = performance.now() + timeout;
  const waitUntil = async (isSo: () => boolean, refusal = tooLate(timeout)): Promise<void> => {
    while (!isSo()) {
      signal?.throwIfAborted();
      if (writers.sharesNumber()) throw sameNumber('commits_go_on', directory);
      if (performance.now() > until) throw goesOn(directory, refusal);
      await wait(LOOK_MS);
    }
  };
  /* Before anybody is asked, who would stand still meanwhile. */
  await waitUntil(() => !writers.areThere() || !writers.mayShareNumber());
  const token = newToken(directory);
  const refusal = ask(directory, token);
  const beat = setInterval(() => {
    if (refusal === undefined) touch(directory, 'pause', token);
  }, TOUCH_MS);
  try {
    await waitUntil(() => isGranted(directory, token, writers), refusal);
    return open();
  } catch (error) {
    throw isOfSameNumber(error) ? sameNumber('commits_go_on', directory, error) : error;
  } finally {
    clearInterval(beat);
    remove(directory, 'pause', token);
  }
}

/** Whether nobody commits there: a process that has paused may be one for whose number LMDB would wait. */
function isGranted(directory: string, token: string, writers: WritingProcesses): boolean {
  if (!writers.areThere()) return true;
  return tokensOf(directory, 'paused').includes(token) && !writers.mayShareNumber();
}

/** Why the directory takes no file; undefined where it takes one. */
function ask(directory: string, token: string): string | undefined {
  try {
    put(directory, 'pause', token);
    return undefined;
  } catch (error) {
    if (hasNoRoom(error)) return 'its disk has no room to ask for that; make room, or stop it first';
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (/^(EACCES|EPERM|EROFS)$/.test(code))
      return 'this process may not write there to ask for that; run it as the user of that process';
    throw error;
  }
}

const tooLate = (timeout: number): string =>
  `it did not within ${timeout / 1000} s: restart it where it is of an earlier version, or stop it first`;

const goesOn = (directory: string, reason: string): Fault =>
  new Fault(
    'commits_go_on',
    `a running process writes to ${directory} and has to pause while it is opened; ${reason}`,
  );
