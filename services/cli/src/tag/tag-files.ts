import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { chooseField, documentFile } from '@tributary/documents';
import type { DocumentFile } from '@tributary/documents';
import { readFolder } from '@tributary/importers';
import { EXIT, Exit } from '../exit.ts';
import { counted } from '../text/format.ts';

/** A file and the field that its documents are in. `path` names it where there are several. */
export type FieldOfFile =
  | { readonly path: string; readonly file: DocumentFile; readonly field: string }
  | { readonly path: string; readonly code: string; readonly reason: string };

/** `links` are those below a folder, which are not followed. */
type FilesAt = { readonly isFolder: boolean; readonly files: readonly string[]; readonly links: number };

/**
 * The files at a path. Exits with usage where there is neither a folder nor a file, since reading a pipe could wait forever,
 * and with `no_files` for a folder without any: that nothing was found in nothing is no answer.
 */
export async function filesAt(path: string): Promise<FilesAt> {
  const found = await stat(path).catch(() => {
    throw new Exit(EXIT.usage, `${path} is neither a folder nor a file that can be read`);
  });
  if (found.isFile()) return { isFolder: false, files: [path], links: 0 };
  if (!found.isDirectory()) throw new Exit(EXIT.usage, `${path} is neither a folder nor a regular file`);
  const { files } = await readFolder(path);
  const links = await linksBelow(path);
  if (files.length === 0)
    throw new Exit(
      EXIT.failed,
      `${path} has no file to measure${links > 0 ? `, and ${counted(links, 'link')}, which are not followed` : ''}; hidden files and node_modules are not read either. Name the files themselves, or the folder that they are in`,
      'no_files',
    );
  return { isFolder: true, files: files.map((file) => join(path, file.path)), links };
}

/** Links that would be read if they were files: those in hidden folders and in `node_modules` would not. */
async function linksBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const isRead = (path: string): boolean =>
    path.split(sep).every((part) => !part.startsWith('.') && part !== 'node_modules');
  return entries.filter(
    (entry) => entry.isSymbolicLink() && isRead(relative(folder, join(entry.parentPath, entry.name))),
  ).length;
}

/** Opens a file with the field that was named, or the one that its rows have their text in; none of whole rows. */
export async function withField(
  path: string,
  named: string | undefined,
  isWholeRows = false,
): Promise<FieldOfFile> {
  const file = await documentFile(path);
  if (named !== undefined || isWholeRows || file.format === 'text') return { path, file, field: named ?? '' };
  const seen = await file.fields();
  /* Without a row that has fields, each row says itself why it is no document. */
  if (seen.size === 0) return { path, file, field: '' };
  const chosen = chooseField(seen);
  return chosen.ok
    ? { path, file, field: chosen.field }
    : { path, code: chosen.refusal, reason: chosen.text };
}

/** What tells a file from the same file after a change, by its path. */
export type Stamps = ReadonlyMap<string, string>;

/** Which file, its size and its last change. A file that is gone has none. */
export async function stampsOf(paths: readonly string[]): Promise<Stamps> {
  const stamps = new Map<string, string>();
  for (const path of paths) {
    const found = await stat(path, { bigint: true }).catch(() => undefined);
    stamps.set(path, found ? `${found.ino} ${found.size} ${found.mtimeNs}` : 'gone');
  }
  return stamps;
}

/** A file that the system does not open, as one that is broken from its first row on. Throws any other error. */
export function unreadable(path: string, error: unknown): FieldOfFile {
  if (!(error instanceof Error) || !('syscall' in error)) throw error;
  return { path, code: 'file_broken', reason: `the file cannot be read: ${error.message}` };
}
