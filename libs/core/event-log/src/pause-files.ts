import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { isForeignMark, processMark } from '@tributary/kernel';

/**
 * What processes tell each other in a directory of LMDB, each by an empty file whose name has a token, since a full disk
 * still has room for a name: that one commits there, that another wants it to pause, and that it has paused.
 */
export type PauseFile = 'committing' | 'pause' | 'paused';

/** The mark of this process, the disk and the number of the directory, since a copy of it has others, and a word of its own. */
export function newToken(directory: string): string {
  const { dev, ino } = statSync(directory);
  return `${processMark()} ${dev}:${ino} ${randomUUID()}`;
}

/** The mark of the process that made a token. */
export const markOf = (token: string): string => token.split(' ').slice(0, -2).join(' ');

/** Another container may see the same disk by another number. */
function isOfDirectory(token: string, { dev, ino }: { readonly dev: number; readonly ino: number }): boolean {
  const [disk, number] = token.split(' ').at(-2)?.split(':') ?? [];
  return number === String(ino) && (disk === String(dev) || isForeignMark(markOf(token)));
}

const pathOf = (directory: string, file: PauseFile, token: string): string =>
  join(directory, `${file}-${encodeURIComponent(token)}`);

export const put = (directory: string, file: PauseFile, token: string): void =>
  closeSync(openSync(pathOf(directory, file, token), 'w'));

/** A file that cannot be removed says nothing once it is not touched any more. */
export function remove(directory: string, file: PauseFile, token: string): void {
  try {
    rmSync(pathOf(directory, file, token), { force: true });
  } catch {
    // As on a disk that is mounted read-only.
  }
}

/** The tokens of all files of a kind that were made for this directory. Throws the errors of the file system. */
export function tokensOf(directory: string, file: PauseFile): string[] {
  const own = statSync(directory, { throwIfNoEntry: false });
  return own ? allTokensOf(directory, file).filter((token) => isOfDirectory(token, own)) : [];
}

/** Those of a directory too of which this one is a copy. */
export const allTokensOf = (directory: string, file: PauseFile): string[] =>
  readdirSync(directory).flatMap((name) => tokenIn(name, `${file}-`) ?? []);

function tokenIn(name: string, prefix: string): string | undefined {
  if (!name.startsWith(prefix)) return undefined;
  try {
    return decodeURIComponent(name.slice(prefix.length));
  } catch {
    return undefined;
  }
}

/** Says that the process of a token is alive, and makes its file again where somebody took it for a dead one's. */
export function touch(directory: string, file: PauseFile, token: string): void {
  const path = pathOf(directory, file, token);
  try {
    if (statSync(path, { throwIfNoEntry: false })) utimesSync(path, new Date(), new Date());
    else put(directory, file, token);
  } catch {
    // Whoever looks from another container finds this process dead; in the same one its number says that it is alive.
  }
}

export const touchedAt = (directory: string, file: PauseFile, token: string): number | undefined =>
  touchTime(pathOf(directory, file, token));

/** When a file was touched last, milliseconds since 1970; undefined where it is not there. */
export const touchTime = (path: string): number | undefined =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs;
