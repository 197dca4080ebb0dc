import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factTypes } from '@tributary/contracts';
import { expect, it } from 'vitest';
import { factsPage } from './codegen/facts-page.ts';
import { readFacts } from './codegen/facts.ts';

const root = join(import.meta.dirname, '..');
const page = factsPage(readFacts(root));

it('finds docs/facts.md as generated from the schemas (npx tsx tools/codegen/facts-page.ts)', () => {
  expect(readFileSync(join(root, 'docs/facts.md'), 'utf8')).toBe(page);
});

it('lists every fact once, under a context with an introduction', () => {
  const listed = [...page.matchAll(/^\| `([\w.]+)`<br>/gm)].map(([, type]) => type);
  expect(listed.toSorted()).toEqual([...factTypes]);
  expect(page).not.toMatch(/^## .*\n\n\n/m);
});
