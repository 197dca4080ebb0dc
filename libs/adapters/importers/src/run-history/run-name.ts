import { sha256Of } from '../facts/text.ts';
import type { Folder, SourceFile } from '../files/folder.ts';
import type { ImportRequest } from '../importer.ts';

const MAX_NAME = 256;

/**
 * The id of a run that its source does not name: what the caller calls the run, otherwise `unnamed`, which is derived from
 * the content. If the caller names the import, the id is that name with the path of the run. `path` is relative to the import, without extension, and empty
 * for the import as a whole.
 */
// oxlint-disable-next-line max-params -- the name that the caller gives, and its defaults
export function runName(
  folder: Pick<Folder, 'name'>,
  { name, run }: ImportRequest,
  path: string,
  unnamed: string,
): string {
  if (run !== undefined) return boundedName(run);
  if (name === undefined) return unnamed;
  return boundedName(path === '' || path === folder.name ? name : `${name}/${path}`);
}

/**
 * Names a run by its content, so that a copy in another folder is the same run, and another run with the same folder
 * name is not. A file that grows is named by its beginning.
 */
export const contentName = (label: string, sha256: string): string =>
  boundedName(`${label}@${sha256.slice(0, 16)}`);

/** The id of a run that is a whole file. `digest` is that of the file, or of its beginning if the file grows. */
export function fileRunName({ name, path }: SourceFile, request: ImportRequest, digest: string): string {
  const label = withoutExtension(name);
  return runName({ name: label }, request, withoutExtension(path), contentName(label, digest));
}

/** A path without its file extension. */
export const withoutExtension = (path: string): string => path.replace(/(\.[A-Za-z0-9]{1,8})(\.gz)?$/, '');

/** Shortens a long name to the digest of the whole and its end. */
export function boundedName(name: string): string {
  if (name.length <= MAX_NAME) return name;
  const digest = sha256Of(name).slice(0, 16);
  return `${digest}/${name.slice(-(MAX_NAME - digest.length - 1))}`;
}
