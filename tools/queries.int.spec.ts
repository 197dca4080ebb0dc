import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { query } from '@tributary/kernel';
import type { Query } from '@tributary/kernel';
import { testSpine } from '@tributary/testkit';
import type { TestSpine } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const libs = join(import.meta.dirname, '../libs');
const folders = readdirSync(libs)
  .flatMap((layer) => readdirSync(join(libs, layer)).map((name) => join(libs, layer, name, 'src/queries')))
  .filter((folder) => existsSync(folder));
const files = folders.flatMap((folder) =>
  readdirSync(folder).map((name) => ({ folder, name: name.replace('.sql', '') })),
);

const anything = { parse: (value: unknown) => value };
type Loose = Query<Record<string, unknown>, unknown>;

/** A value of each parameter type, so that every query runs. */
const SAMPLE: Record<string, unknown> = {
  String: 'loss',
  UInt64: 64,
  UInt32: 10,
  'Array(String)': ['a'],
  'Array(UInt32)': [1],
  'Array(UInt64)': [64],
};
const sampleOf = (type: string): unknown => (type.startsWith('Nullable') ? null : SAMPLE[type]);

let spine: TestSpine;
beforeAll(async () => {
  spine = await testSpine();
});
afterAll(() => spine.remove());

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
    await expect(spine.engine.reader.all(loaded, Object.fromEntries(params))).resolves.toBeInstanceOf(Array);
  });

  it('opens with its question and names every table with its database', () => {
    const sql = readFileSync(join(folder, `${name}.sql`), 'utf8');
    expect(sql).toMatch(/^-- [A-Z].*\./);
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
