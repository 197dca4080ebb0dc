import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers } from '../../libs/attributes/domain/src/index.ts';

const MEGABYTE = 1_000_000;
/** Of each file, as much as most documents of a corpus have. */
const MOST_BYTES = 16_384;

const PACKAGES = join(import.meta.dirname, '../../node_modules');
const SEED = 63;

/** Texts with the bytes that they have together. */
export type Texts = { readonly texts: readonly string[]; readonly megabytes: number };

/**
 * Files of the packages that the lock file names, so that everybody measures the same: in an order that is drawn, as many as
 * have so many megabytes. Fewer where there are not so many.
 */
export function packageTexts(endings: RegExp, megabytes: number): Texts {
  const random = randomNumbers(SEED);
  const order = filesOf(PACKAGES, endings)
    .toSorted()
    .map((path) => ({ path, key: random() }))
    .toSorted((a, b) => a.key - b.key);
  const texts: string[] = [];
  let bytes = 0;
  for (const { path } of order) {
    const text = readFileSync(path).subarray(0, MOST_BYTES).toString('utf8');
    texts.push(text);
    bytes += Buffer.byteLength(text);
    if (bytes >= megabytes * MEGABYTE) break;
  }
  return { texts, megabytes: bytes / MEGABYTE };
}

/** The packages of this repository are links among them, which are not followed. */
const filesOf = (folder: string, endings: RegExp): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !path.slice(folder.length).includes('/.'));
