import { statfsSync } from 'node:fs';

/** Bytes that this user may still write to the disk of a directory; 0 where the disk has no place for one more file. */
export function freeBytes(directory: string): number {
  const { bavail, bsize, files, ffree } = statfsSync(directory);
  return files > 0 && ffree === 0 ? 0 : bavail * bsize;
}
