import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Fault } from '@tributary/kernel';
import { isDigest } from './digest.ts';

/** Beside the folders of blobs. A file of it says why the content with its name was removed. */
const REMOVED = 'removed';

const noteOf = (directory: string, sha256: string): string => join(directory, REMOVED, `${sha256}.txt`);

/** Why content was removed; undefined where it was not. */
export function removalOf(directory: string, sha256: string): string | undefined {
  const path = noteOf(directory, sha256);
  return isDigest(sha256) && existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Names of the notes of removed content in a directory, as paths within it, in no order. */
export function removalNotes(directory: string): string[] {
  const folder = join(directory, REMOVED);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => /^[0-9a-f]{64}\.txt$/.test(name)).map((name) => `${REMOVED}/${name}`);
}

/** Removes content for good: its bytes are deleted once it is durable why. May be repeated. */
export function removeBlob(directory: string, sha256: string, reason: string): void {
  if (!isDigest(sha256)) throw new RangeError(`${sha256} is no digest`);
  const note = noteOf(directory, sha256);
  mkdirSync(dirname(note), { recursive: true });
  writeFlushed(`${note}.new`, reason);
  renameSync(`${note}.new`, note);
  flush(dirname(note));
  flush(directory);
  const content = join(directory, sha256.slice(0, 2), sha256);
  rmSync(content, { force: true });
  if (existsSync(dirname(content))) flush(dirname(content));
}

export const blobRemoved = (sha256: string, reason: string): Fault =>
  new Fault('blob_removed', `content ${sha256} was removed and is not stored again: ${reason}`);

function writeFlushed(path: string, text: string): void {
  const file = openSync(path, 'w', 0o600);
  writeFileSync(file, text);
  fsyncSync(file);
  closeSync(file);
}

function flush(path: string): void {
  const folder = openSync(path, 'r');
  fsyncSync(folder);
  closeSync(folder);
}
