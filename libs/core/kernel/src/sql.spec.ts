import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from './sql.ts';

const shape = { parse: (value: unknown): never => value as never };
let folder: string;
const load = (name: string): string =>
  query(pathToFileURL(join(folder, 'queries.ts')).href, name, { params: shape, row: shape }).sql;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-sql-'));
  mkdirSync(join(folder, 'queries'));
  const files = {
    outer: 'WITH a AS (/*inner-part.sql*/) SELECT * FROM a /* not a file */',
    'inner-part': '-- What it is.\n-- params: none\nSELECT x FROM t WHERE y IN (/*innermost.sql*/)\n',
    innermost: 'SELECT 1',
    corrected: 'SELECT 1 NOT IN (/*corrected-events.sql*/)',
    unknown: 'SELECT (/*nowhere.sql*/)',
  };
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, 'queries', `${name}.sql`), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

it('includes the definitions that a query names, without comments, at any depth', () => {
  expect(load('outer')).toBe(
    'WITH a AS (SELECT x FROM t WHERE y IN (SELECT 1)) SELECT * FROM a /* not a file */',
  );
});

it('takes a definition from the kernel where the folder has none', () => {
  const loaded = load('corrected');
  expect(loaded).toMatch(/^SELECT 1 NOT IN \(SELECT /);
  expect(loaded).toContain('FROM tributary.log_correction');
});

it('throws for a query that includes a missing file', () => {
  expect(() => load('unknown')).toThrow('nowhere.sql');
});
