import {
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault, isAlive, isForeignMark, processMark } from '@tributary/kernel';
import { SILENCE_MS } from './touch-watch.ts';
import { hasNoRoom, noRoomToOpen } from './write-fault.ts';

/** LMDB lets several processes write. This log has one writer, because sequences and heads are in its memory. */
export type WriterLock = { release(): void };

/**
 * The directories that this process has locked. Where every start of a machine is the same to the clock tick, as of a micro VM,
 * the process that died before has left the mark of this one.
 */
const held = new Map<string, symbol>();

/** How often the holder touches its lock. */
const BEAT_MS = 1_000;

/**
 * Locks a directory for this process. Throws Fault `log_locked` where another process has the lock: one that lives, or one
 * of another container that touches its lock within `silence` milliseconds, since its number means nothing here. Throws
 * Fault `disk_full` where the lock has no room.
 */
export async function lockForWriting(directory: string, silence = SILENCE_MS): Promise<WriterLock> {
  mkdirSync(directory, { recursive: true });
  const path = join(directory, LOCK_NAME);
  const token = processMark();
  const realPath = realpathSync(directory);
  if (!create(path, token)) {
    if (!(textOf(path) === token && held.has(realPath))) await removeStale(path, token, silence);
    if (!create(path, token)) throw taken(directory, textOf(path));
  }
  const holding = Symbol(realPath);
  held.set(realPath, holding);
  const isMine = (): boolean => textOf(path) === token;
  const beat = setInterval(() => {
    if (isMine()) touch(path);
  }, BEAT_MS).unref();
  return {
    release: () => {
      clearInterval(beat);
      if (held.get(realPath) === holding) held.delete(realPath);
      if (isMine()) rmSync(path, { force: true });
    },
  };
}

export const LOCK_NAME = 'writer.lock';

/** The mark of the process that has locked a directory, alive or dead; empty where there is none. */
export const lockHolder = (directory: string): string => textOf(join(directory, LOCK_NAME));

function touch(path: string): void {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Whoever starts in another container finds this process dead; the log itself refuses a second writer.
  }
}

function create(path: string, token: string): boolean {
  try {
    writeFileSync(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    if (!hasNoRoom(error)) throw error;
    /* The name had room and the text has none: an empty lock says of nobody that he holds it. */
    if (textOf(path) === '') rmSync(path, { force: true });
    throw noRoomToOpen(dirname(path), error);
  }
}

/**
 * Renaming is atomic: of two processes that find the same stale lock, one gets it. A lock with the mark of this process, which
 * does not hold it, is of one that died, or of another machine that shares the disk and is as young.
 */
async function removeStale(path: string, token: string, silence: number): Promise<void> {
  const holder = textOf(path);
  const isElsewhere = holder === token || isForeignMark(holder);
  if (isElsewhere ? await isTouched(path, silence) : isAlive(holder)) return;
  const aside = `${path}.${token.replaceAll(/\W/g, '-')}`;
  renameSync(path, aside);
  if (textOf(aside) !== holder) renameSync(aside, path);
  else rmSync(aside);
}

/** Whether a file is touched within milliseconds. Only the change counts, since clocks may differ. */
async function isTouched(path: string, millis: number): Promise<boolean> {
  const before = touchedAt(path);
  for (const until = performance.now() + millis; performance.now() < until;) {
    await pause(Math.min(100, millis));
    if (touchedAt(path) !== before) return true;
  }
  return false;
}

const touchedAt = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.mtimeMs;

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function taken(directory: string, holder: string): Fault {
  const [pid] = holder.split(' ');
  const who = isForeignMark(holder) ? `a process of another container (${pid} there)` : `process ${pid}`;
  return new Fault('log_locked', `${who} writes to ${directory}; stop it, or choose another directory`);
}
