import { createReadStream } from 'node:fs';
import type { Dirent } from 'node:fs';
import { open, readFile, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { foldersOf, SourceFile } from './folder.ts';
import type { Folder, SkippedEntry } from './folder.ts';

/** Listing more files would take minutes. */
const MAX_FILES = 100_000;

type Reading = {
  /** Times the bytes of a file of gzip that it may hold. */
  readonly inflationRatio?: number | undefined;
};

/**
 * A folder on disk, or a single file as a folder of one. Hidden entries, symbolic links and `node_modules` are skipped, and
 * named: a folder once, whatever it holds. Folders have their names on disk, also where the path leads there by a link.
 */
export async function readFolder(path: string, reading: Reading = {}): Promise<Folder> {
  const root = resolve(path);
  const name = basename(root).replace(/\.[a-z0-9]+$/i, '') || 'import';
  if ((await stat(root)).isFile())
    return {
      name,
      files: [
        await fileAt(root, {
          path: basename(root),
          on: join(await realpath(dirname(root)), basename(root)),
          ...reading,
        }),
      ],
    };
  const real = await realpath(root);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const skipped = new Map<string, SkippedEntry>();
  const paths: string[] = [];
  for (const entry of entries) {
    const path = relative(root, join(entry.parentPath, entry.name));
    const left = skippedEntry(path.split(sep)) ?? unreadable(path, entry);
    if (left) skipped.set(left.path, left);
    else if (entry.isFile()) paths.push(path);
  }
  if (paths.length > MAX_FILES)
    throw new RangeError(
      `${path} holds ${paths.length} files, which is more than ${MAX_FILES}: import its folders one by one`,
    );
  return {
    name: basename(real) || 'import',
    files: await Promise.all(
      paths.toSorted().map((path) => fileAt(join(root, path), { path, on: join(real, path), ...reading })),
    ),
    skipped: [...skipped.values()].toSorted(byPath),
  };
}

const byPath = (left: SkippedEntry, right: SkippedEntry): number => (left.path < right.path ? -1 : 1);

/** The outermost hidden part or `node_modules` in a path. */
function skippedEntry(parts: readonly string[]): SkippedEntry | undefined {
  const at = parts.findIndex((part) => part.startsWith('.') || part === 'node_modules');
  if (at < 0) return undefined;
  const reason =
    parts[at] === 'node_modules' ? 'packages of Node.js, not data' : 'hidden: its name begins with a dot';
  return { path: parts.slice(0, at + 1).join('/'), reason };
}

/** What is neither a file nor a folder. */
function unreadable(path: string, entry: Dirent): SkippedEntry | undefined {
  if (entry.isFile() || entry.isDirectory()) return undefined;
  const reason = entry.isSymbolicLink()
    ? 'a symbolic link, which is not followed: name what it leads to'
    : 'neither a file nor a folder';
  return { path: path.split(sep).join('/'), reason };
}

/**
 * Several files and folders as one folder. Paths are relative to the innermost folder that holds all of them, so that they
 * do not depend on the order; a file that is named twice is one.
 */
export async function readPaths(paths: readonly string[], reading: Reading = {}): Promise<Folder> {
  const [only, second] = paths;
  if (only !== undefined && second === undefined) return readFolder(only, reading);
  const named = [...new Set(paths.map((path) => resolve(path)))];
  const parents = await Promise.all(
    named.map(async (path) => ((await stat(path)).isFile() ? dirname(path) : path)),
  );
  const root = commonFolder(parents);
  const files = new Map<string, SourceFile>();
  const skipped = new Map<string, SkippedEntry>();
  for (const [index, path] of named.entries()) {
    const prefix = relative(root, parents[index] ?? root)
      .split(sep)
      .join('/');
    const below = (inner: string) => (prefix === '' ? inner : `${prefix}/${inner}`);
    const folder = await readFolder(path, reading);
    for (const entry of folder.skipped ?? [])
      skipped.set(below(entry.path), { ...entry, path: below(entry.path) });
    for (const file of folder.files) {
      const at = below(file.path);
      const absolute = join(parents[index] ?? root, file.path);
      const on = join(file.folders.join(sep), file.name);
      files.set(at, files.get(at) ?? (await fileAt(absolute, { path: at, on, ...reading })));
    }
  }
  const ordered = [...files].toSorted(([left], [right]) => (left < right ? -1 : 1));
  return {
    name: basename(root) || 'import',
    files: ordered.map(([, file]) => file),
    skipped: [...skipped.values()].filter(({ path }) => !files.has(path)).toSorted(byPath),
  };
}

function commonFolder(folders: readonly string[]): string {
  const [first = [], ...others] = folders.map((folder) => folder.split(sep));
  const end = first.findIndex((part, depth) => others.some((parts) => parts[depth] !== part));
  return (end < 0 ? first : first.slice(0, end)).join(sep) || sep;
}

/** A file with its path in the import; `on` is its path on disk without links, or the end of it. */
async function fileAt(
  absolute: string,
  { path, on, inflationRatio }: { readonly path: string; readonly on: string } & Reading,
): Promise<SourceFile> {
  const { size } = await stat(absolute);
  const file = {
    path: path.split(sep).join('/'),
    folders: foldersOf(on.split(sep).join('/')),
    bytes: size,
    inflationRatio,
    read: () => readFile(absolute),
    parts: (): AsyncIterable<Uint8Array> => createReadStream(absolute),
  };
  return new SourceFile(file, (bytes) => readHead(absolute, bytes));
}

async function readHead(path: string, bytes: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(bytes), position: 0 });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
