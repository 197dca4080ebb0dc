import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineSectionOf, engineVersion, licencesPage } from './page.ts';
import { lockedPackages } from './packages.ts';
import { termsOf } from './terms.ts';

const root = join(import.meta.dirname, '../..');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const page = readFileSync(join(root, 'docs/licences.md'), 'utf8');
const packages = lockedPackages(lock);

it('finds docs/licences.md as written from the lock file (npx tsx tools/licences/main.ts)', () => {
  expect(page).toBe(licencesPage(packages, engineSectionOf(page)));
});

it('was written about the engine that is installed', () => {
  expect(engineSectionOf(page)).toMatch(`\`libchdb\` ${engineVersion(packages)} names`);
});

it('loads no package whose licence asks for more than its notice, and knows every licence', () => {
  expect(packages.filter(({ licence, runs }) => runs && termsOf(licence) !== 'notice')).toEqual([]);
  expect(packages.filter(({ licence }) => termsOf(licence) === 'unknown')).toEqual([]);
  expect(packages.length).toBeGreaterThan(500);
});

describe('what a licence asks', () => {
  it.each([
    ['MIT', 'notice'],
    ['(MIT OR Apache-2.0) AND Unicode-3.0', 'notice'],
    ['GPL-2.0-only OR BSD-3-Clause', 'notice'],
    ['MIT AND MPL-2.0', 'changes'],
    ['GPL-3.0 AND (MIT OR Apache-2.0)', 'unknown'],
    ['MPL-2.0 OR (GPL-3.0 AND MIT)', 'changes'],
    ['Apache-2.0 WITH LLVM-exception', 'notice'],
    ['LGPL', 'changes'],
    ['MIT / Apache-2.0', 'notice'],
    ['MIT OR', 'unknown'],
    ['(MIT', 'unknown'],
    ['MIT Apache-2.0', 'unknown'],
    ['SEE LICENSE IN FILE', 'unknown'],
    ['', 'unknown'],
  ])('%s: %s', (expression, terms) => {
    expect(termsOf(expression)).toBe(terms);
  });
});

it('takes a package that one place needs to run and another to test as one that runs', () => {
  const entry = { version: '1.0.0', license: 'MIT' };
  const both = { 'node_modules/a': { ...entry, dev: true }, 'node_modules/b/node_modules/a': entry };
  expect(lockedPackages(JSON.stringify({ packages: both }))).toEqual([
    { name: 'a', version: '1.0.0', licence: 'MIT', runs: true },
  ]);
});
