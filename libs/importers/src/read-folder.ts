import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import type { Folder, SourceFile } from './folder.ts';

const MAX_FILES = 10_000;

/** A folder on disk, or one file as a folder of one; hidden entries and links are left out. */
export async function readFolder(path: string): Promise<Folder> {
  const root = resolve(path);
  const name = basename(root).replace(/\.[a-z0-9]+$/i, '') || 'import';
  if ((await stat(root)).isFile()) return { name, files: [await fileAt(root, basename(root))] };
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((entry) => !entry.split(sep).some((part) => part.startsWith('.') || part === 'node_modules'))
    .toSorted()
    .slice(0, MAX_FILES);
  return {
    name: basename(root),
    files: await Promise.all(paths.map((file) => fileAt(join(root, file), file))),
  };
}

async function fileAt(absolute: string, path: string): Promise<SourceFile> {
  const { size } = await stat(absolute);
  return { path: path.split(sep).join('/'), bytes: size, read: () => readFile(absolute) };
}
