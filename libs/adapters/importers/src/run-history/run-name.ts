import { createHash } from 'node:crypto';
import type { Folder } from '../files/folder.ts';
import type { ImportRequest } from '../importer.ts';

const MAX_NAME = 256;

/**
 * The id of a run that its source does not name: `unnamed`, which says what it holds. A name that the caller gives stands
 * for the import, so a run deeper down keeps its place after it. `place` is its path below the import without an ending,
 * empty for the import as a whole.
 */
// oxlint-disable-next-line max-params -- what the caller says, and what stands in for it
export function runName(folder: Folder, { name }: ImportRequest, path: string, unnamed: string): string {
  if (name === undefined) return unnamed;
  return boundedName(path === '' || path === folder.name ? name : `${name}/${path}`);
}

/**
 * Names a run by its content, so that a copy in another place is the same run, and another run in a folder of the same
 * name is not. What grows is named by its beginning.
 */
export const contentName = (label: string, sha256: string): string =>
  boundedName(`${label}@${sha256.slice(0, 16)}`);

/** SHA-256 of a text, for `contentName`. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The path of a file without its ending. */
export const withoutExtension = (path: string): string => path.replace(/(\.[A-Za-z0-9]{1,8})(\.gz)?$/, '');

/** A name that is too long keeps its end, and the digest of the whole. */
export function boundedName(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const digest = digestOf(name).slice(0, 16);
  return `${digest}/${name.slice(-(MAX_NAME - digest.length - 1))}`;
}
