import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { typescriptFiles } from './sources.ts';
import { workspaces } from './workspaces.js';

const root = join(import.meta.dirname, '..');
const includedIn = (config: string): string[] => JSON.parse(readFileSync(join(root, config), 'utf8')).include;

it('has every TypeScript file in a TypeScript project', () => {
  const packages = workspaces().flatMap(({ folder }) =>
    includedIn(`${folder}/tsconfig.json`).map((path) => `${folder}/${path}`),
  );
  const all = [...packages, ...includedIn('tsconfig.whole.json')];
  const isCovered = (path: string): boolean => all.some((one) => path === one || path.startsWith(`${one}/`));
  const files = typescriptFiles().map(({ path }) => path);
  expect(files.filter((path) => !isCovered(path))).toEqual([]);
});

const declaresTests = (text: string): boolean => /^\s*(?:it|test|describe)(?:\.\w+)*\(/m.test(text);

it('has test files with the right suffix: .spec and .suite declare tests, .fixture declares none', () => {
  const wrong = typescriptFiles()
    .filter(({ path, text }) => {
      if (path.endsWith('.fixture.ts')) return declaresTests(text);
      if (path.endsWith('.suite.ts')) return !declaresTests(text);
      return !path.endsWith('.spec.ts') && declaresTests(text);
    })
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
});
