import { chmodSync, existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';

/**
 * Everything that this process creates from now on, the files of its engines included, lacks the permissions that the
 * umask names. Returns what restores the umask before it.
 */
export function useUmask(umask: number): () => void {
  const before = process.umask(umask);
  return () => void process.umask(before);
}

/**
 * Takes the permissions that the umask names from each folder that has them, and from all in it that this user owns.
 * Returns what was done in words, one line a folder. What lies in a folder without these permissions is out of reach, so
 * that is not looked at, and neither is a folder that is missing.
 */
export const keepPrivate = (folders: readonly string[], umask: number): string[] =>
  folders.filter((folder) => existsSync(folder)).flatMap((folder) => keepOnePrivate(folder, umask) ?? []);

function keepOnePrivate(folder: string, umask: number): string | undefined {
  const root = realpathSync(folder);
  const { mode, uid } = lstatSync(root);
  if ((mode & umask) === 0) return undefined;
  const [now, asked] = [octal(mode), octal(mode & ~umask)];
  if (uid !== process.getuid?.())
    return `${folder} has the mode ${now} and belongs to another user, so it stays as it is; TRIBUTARY_UMASK asks for ${asked}`;
  tighten(root, umask);
  return `${folder} had the mode ${now}; now it has ${asked}, and nothing in it has more (TRIBUTARY_UMASK)`;
}

/** The folder itself comes last, so that the next start finishes what was interrupted. */
function tighten(path: string, umask: number): void {
  const found = statOf(path);
  if (found === undefined || found.isSymbolicLink()) return;
  if (found.isDirectory()) for (const name of namesIn(path)) tighten(join(path, name), umask);
  if (found.uid === process.getuid?.() && (found.mode & umask) !== 0)
    chmodSync(path, found.mode & 0o7777 & ~umask);
}

/** None of a folder that only another user may read, such as the `lost+found` of a disk. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return [];
    throw error;
  }
}

/** Undefined where the file is gone by now. */
const statOf = (path: string): Stats | undefined => lstatSync(path, { throwIfNoEntry: false });

const octal = (mode: number): string => (mode & 0o777).toString(8).padStart(4, '0');
