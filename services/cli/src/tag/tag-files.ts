import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseField, documentFile } from '@tributary/documents';
import type { DocumentFile } from '@tributary/documents';
import { readFolder } from '@tributary/importers';
import { EXIT, Exit } from '../exit.ts';

/** A file and the field that its documents are in. `path` names it where there are several. */
export type FieldOfFile =
  | { readonly path: string; readonly file: DocumentFile; readonly field: string }
  | { readonly path: string; readonly code: string; readonly reason: string };

/** The files at a path. Exits with usage where nothing can be read. */
export async function filesAt(
  path: string,
): Promise<{ readonly isFolder: boolean; readonly files: readonly string[] }> {
  const found = await stat(path).catch(() => {
    throw new Exit(EXIT.usage, `${path} is neither a folder nor a file that can be read`);
  });
  if (!found.isDirectory()) return { isFolder: false, files: [path] };
  const { files } = await readFolder(path);
  return { isFolder: true, files: files.map((file) => join(path, file.path)) };
}

/** Opens a file with the field that was named, or the one that its rows have their text in. */
export async function withField(path: string, named: string | undefined): Promise<FieldOfFile> {
  const file = await documentFile(path);
  if (named !== undefined || file.format === 'text') return { path, file, field: named ?? '' };
  const seen = await file.fields();
  /* Without a row that has fields, each row says itself why it is no document. */
  if (seen.size === 0) return { path, file, field: '' };
  const chosen = chooseField(seen);
  return chosen.ok
    ? { path, file, field: chosen.field }
    : { path, code: chosen.refusal, reason: chosen.text };
}
