import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { query } from '@tributary/kernel';
import type { Query } from '@tributary/kernel';
import { openTestStore } from '@tributary/fixtures';
import type { TestStore } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.sql'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(join(root, path)));
const files = tracked
  .filter((path) => path.includes('/queries/'))
  .map((path) => ({ folder: join(root, dirname(path)), name: basename(path, '.sql') }));
const statements = tracked
  .filter((path) => path.startsWith('deploy/'))
  .flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split(/;\s*$/m)
      .filter((text) => text.replaceAll(/--.*$/gm, '').trim() !== '')
      .map((text, index) => ({ path, number: index + 1, text })),
  );

it('finds only known kinds of .sql files: queries, migrations, and statements for an administrator', () => {
  const known = /\/queries\/|^migrations\/clickhouse\/|^deploy\//;
  expect(tracked.filter((path) => !known.test(path))).toEqual([]);
});

const anything = { parse: (value: unknown) => value };
type Loose = Query<Record<string, unknown>, unknown>;

/** A value of each parameter type, so that every query runs. */
const SAMPLE: Record<string, unknown> = {
  String: 'loss',
  UInt64: 64,
  Float64: 0.5,
  UInt32: 10,
  'Array(String)': ['a'],
  'Array(UInt32)': [1],
  'Array(UInt64)': [64],
};
const sampleOf = (type: string): unknown => (type.startsWith('Nullable') ? null : SAMPLE[type]);

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store.remove());

describe.each(files)('$name', ({ folder, name }) => {
  const loaded: Loose = query(join('file://', folder, '../queries.ts'), name, {
    params: anything as never,
    row: anything,
  });

  it('runs on the engine after all migrations', async () => {
    const params = [...loaded.sql.matchAll(/\{(\w+):([^}]+)\}/g)].map(([, key = '', type = '']) => [
      key,
      sampleOf(type),
    ]);
    const asked = { as_of: [64], ...Object.fromEntries(params) };
    await expect(store.engine.reader.all(loaded, asked)).resolves.toBeInstanceOf(Array);
    const { params: parameters, row, sql: any, withoutCorrections = any, afterWithdrawals = any } = loaded;
    for (const sql of [withoutCorrections, afterWithdrawals]) {
      const one: Loose = { name, sql, params: parameters, row };
      await expect(store.engine.reader.all(one, asked)).resolves.toBeInstanceOf(Array);
    }
  });

  it('opens with its question and names every table with its database', () => {
    const sql = readFileSync(join(folder, `${name}.sql`), 'utf8');
    expect(sql).toMatch(/^-- [A-Z][^]*?\./);
    expect(sql).not.toMatch(/FROM (mixture|training|evaluation|corpus)_/);
  });

  it('declares the parameters it uses', () => {
    const declared =
      /^-- params: (.*)$/m
        .exec(loaded.sql)?.[1]
        ?.split(', ')
        .filter((name) => name !== 'none')
        .toSorted() ?? [];
    const used = [...loaded.sql.matchAll(/\{(\w+):([^}]+)\}/g)].map(([, key, type]) => `${key} ${type}`);
    expect([...new Set(used)].toSorted()).toEqual(declared);
  });
});

/* The embedded engine has no users, so statements for an administrator are parsed and not executed. */
it.each(statements)('parses statement $number of $path', async ({ text }) => {
  await expect(store.engine.command(`EXPLAIN AST ${text}`)).resolves.toBeUndefined();
});
