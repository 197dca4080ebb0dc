import { closeSync, fstatSync, openSync, readdirSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unusable } from './directory.ts';

/**
 * The definitions of databases, tables and functions that a full disk or a power cut has cut short, by their paths in a
 * directory of the engine, which opens no table while there is one. To be asked while no engine has the directory open.
 * Throws Fault `directory_unusable`.
 */
export const cutDefinitions = (directory: string): string[] =>
  usable(directory, () => definitions(directory).filter(isCut));

/**
 * Deletes them, so that the engine opens the directory; `migrate` makes again what has no definition. Returns their paths.
 * A kill in between leaves the rest to the next start. Throws Fault `directory_unusable`.
 */
export function discardCutDefinitions(directory: string): string[] {
  const cut = cutDefinitions(directory);
  usable(directory, () => cut.forEach((path) => rmSync(path)));
  return cut;
}

function usable<Result>(directory: string, use: () => Result): Result {
  try {
    return use();
  } catch (cause) {
    throw unusable(directory, cause);
  }
}

/** Those of the tables lie in a folder of their database, which is as deep in `store` as the parts of each table. */
function definitions(directory: string): string[] {
  const tables = foldersIn(join(directory, 'store')).flatMap(foldersIn);
  return ['metadata', 'user_defined']
    .map((name) => join(directory, name))
    .concat(tables)
    .flatMap(filesIn);
}

const foldersIn = (folder: string): string[] =>
  entriesIn(folder).flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));

const filesIn = (folder: string): string[] =>
  entriesIn(folder).flatMap((entry) =>
    entry.isFile() && entry.name.endsWith('.sql') ? [join(folder, entry.name)] : [],
  );

/** Nothing where there is no such folder, as before the first start; the engine itself says what else is wrong with one. */
const entriesIn = (folder: string) =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];

/** The engine ends each definition with a new line. */
function isCut(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const last = Buffer.alloc(1);
    return size === 0 || readSync(file, last, 0, 1, size - 1) !== 1 || last[0] !== 0x0a;
  } finally {
    closeSync(file);
  }
}
