import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { query } from './sql.ts';

const shape = { parse: (value: unknown): never => value as never };
let folder: string;
const loaded = (name: string) =>
  query(pathToFileURL(join(folder, 'queries.ts')).href, name, { params: shape, row: shape });
const load = (name: string): string => loaded(name).sql;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-sql-'));
  mkdirSync(join(folder, 'queries'));
  const files = {
    outer: 'WITH a AS (/*inner-part.sql*/) SELECT * FROM a /* not a file */',
    'inner-part': '-- What it is.\n-- params: none\nSELECT x FROM t WHERE y IN (/*innermost.sql*/)\n',
    innermost: 'SELECT 1',
    corrected: 'SELECT 1 NOT IN (/*corrected-events.sql*/)',
    unknown: 'SELECT (/*nowhere.sql*/)',
    round: 'SELECT 1 NOT IN (/*corrected-events.sql*/)\nLIMIT 10000\n',
    handled: 'SELECT 1\nLIMIT 10001\n',
    few: 'SELECT 1\nLIMIT 1000\n',
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
  const text = load('corrected');
  expect(text).toMatch(/^SELECT 1 NOT IN \(SELECT /);
  expect(text).toContain('FROM tributary.log_correction');
});

it('throws for a query that includes a missing file', () => {
  expect(() => load('unknown')).toThrow('nowhere.sql');
});

it('has a text in which no table of corrections is read, for logs without any', () => {
  const { withoutCorrections } = loaded('corrected');
  expect(withoutCorrections).toBe('SELECT 1 NOT IN (SELECT toUInt64(0) AS corrected_position WHERE false)');
});

it('asks for one row more than an answer may have, in each text, where the limit is large and round', () => {
  const { most, sql, withoutCorrections, afterWithdrawals } = loaded('round');
  expect(most).toBe(10_000);
  for (const text of [sql, withoutCorrections, afterWithdrawals]) expect(text).toMatch(/\nLIMIT 10001$/);
  for (const [name, limit] of Object.entries({ handled: 10_001, few: 1000 }))
    expect(loaded(name)).toMatchObject({ sql: `SELECT 1\nLIMIT ${limit}\n` });
  expect(loaded('handled').most).toBeUndefined();
});
