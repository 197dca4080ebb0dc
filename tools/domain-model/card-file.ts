import { readFileSync, writeFileSync } from 'node:fs';

/** Puts the tables of an evaluation in their place in a card, which is otherwise written by hand. */
export function writeTables(folder: URL, tables: string): void {
  const readme = new URL('README.md', folder);
  const text = readFileSync(readme, 'utf8');
  const filled = text.replace(
    /<!-- evaluation -->[^]*<!-- \/evaluation -->/,
    () => `<!-- evaluation -->\n\n${tables}\n\n<!-- /evaluation -->`,
  );
  writeFileSync(readme, filled);
}
