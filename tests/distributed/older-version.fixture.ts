import { copyFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What an older version did not have: types, and the version of a schema before its newest one. */
export type Lacking = {
  readonly types: readonly string[];
  readonly minors: readonly { readonly type: string; readonly newest: string; readonly before: string }[];
};

const root = join(import.meta.dirname, '../..');

/** What the bundles look for beside their folder. */
const NEIGHBOURS = ['libs', 'services', 'migrations', 'schemas', 'node_modules', 'package.json'];

/**
 * Makes an older version of the built processes under a directory: their bundles with a smaller contract. Returns the folder
 * of its bundles. The file with the traits of all fact types is the only one that differs.
 */
export function olderVersion(directory: string, lacking: Lacking): string {
  const [from, to] = [join(root, 'dist'), join(directory, 'dist')];
  mkdirSync(to, { recursive: true });
  for (const name of NEIGHBOURS) symlinkSync(join(root, name), join(directory, name));
  let changed = 0;
  for (const name of readdirSync(from)) {
    copyFileSync(join(from, name), join(to, name));
    if (!name.endsWith('.js')) continue;
    const text = readFileSync(join(from, name), 'utf8');
    if (!text.includes('FACT_TRAITS = {')) continue;
    writeFileSync(join(to, name), without(text, lacking));
    changed += 1;
  }
  if (changed !== 1) throw new Error(`${changed} bundles hold the traits of fact types`);
  return to;
}

function without(text: string, { types, minors }: Lacking): string {
  let older = text;
  for (const type of types) older = replaced(older, new RegExp(`\\t"${type}": \\{[^]*?\\n\\t\\},?\\n`), '');
  for (const { type, newest, before } of minors)
    older = replaced(older, `schema:${type}:${newest}"`, `schema:${type}:${before}"`);
  return older;
}

function replaced(text: string, part: string | RegExp, by: string): string {
  const next = text.replace(part, by);
  if (next === text) throw new Error(`no bundle has ${String(part)}`);
  return next;
}
