import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { migrate, openShadow } from '../index.ts';
import type { Shadow } from '../index.ts';
import { asQuery, openScratch } from '../scratch.fixture.ts';

let scratch: Awaited<ReturnType<typeof openScratch>>;
let folder: string;
let shadow: Shadow;

const table = (name: string) =>
  `CREATE TABLE IF NOT EXISTS tributary.${name} (a UInt8) ENGINE = MergeTree ORDER BY a
   SETTINGS non_replicated_deduplication_window = 10000`;
const insert = (name: string, value: number) =>
  scratch.engine.command(`INSERT INTO tributary.${name} VALUES (${value})`);
const select = (name: string) => asQuery<{ a: number }>(`SELECT a FROM tributary.${name} ORDER BY a`);
const live = async (name: string) => (await shadow.live.all(select(name), {})).map(({ a }) => a);
const inShadow = async (name: string) => (await shadow.shadow.all(select(name), {})).map(({ a }) => a);
const names = async () =>
  (await scratch.ask<{ name: string }>("SELECT name FROM system.tables WHERE database = 'tributary'"))
    .map(({ name }) => name)
    .filter((name) => name.startsWith('next_'));

beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-migrations-'));
  await writeFile(join(folder, '0001_create_step.sql'), table('step'));
  await writeFile(join(folder, '0002_create_copy.sql'), table('copy'));
  await writeFile(
    join(folder, '0003_create_copy_mv.sql'),
    'CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.copy_mv TO tributary.copy AS SELECT a FROM tributary.step',
  );
  await migrate(scratch.engine, folder);
  shadow = openShadow({ engine: scratch.engine, migrations: folder });
});
afterEach(async () => {
  await scratch.engine.command('DROP DATABASE IF EXISTS tributary SYNC');
  await rm(folder, { recursive: true });
});

it('creates empty shadow tables with their own views, and drops earlier ones', async () => {
  await insert('step', 1);
  await shadow.make();
  await insert('next_step', 2);
  expect([await live('copy'), await inShadow('copy')]).toEqual([[1], [2]]);
  await scratch.engine.command(table('next_left'));
  await shadow.make();
  expect(await names()).not.toContain('next_left');
  expect([await live('copy'), await inShadow('copy')]).toEqual([[1], []]);
  await shadow.drop();
  expect(await names()).toEqual([]);
  expect(await live('step')).toEqual([1]);
});

it('exchanges each marked table once, also if it is called again', async () => {
  await insert('step', 1);
  await shadow.make();
  await insert('next_step', 2);
  const marks = await shadow.marks(['step', 'copy']);
  await scratch.engine.command('EXCHANGE TABLES tributary.step AND tributary.next_step');
  await shadow.exchange(marks);
  await shadow.exchange(marks);
  expect([await live('step'), await live('copy')]).toEqual([[2], [2]]);
  expect([await inShadow('step'), await inShadow('copy')]).toEqual([[1], [1]]);
});

it('lets views insert into the tables of their names, after the old tables are dropped and after reopening', async () => {
  await shadow.make();
  await shadow.exchange(await shadow.marks(['step', 'copy']));
  await insert('step', 3);
  await shadow.drop();
  await insert('step', 4);
  await scratch.reopen();
  await insert('step', 5);
  shadow = openShadow({ engine: scratch.engine, migrations: folder });
  expect([await live('step'), await live('copy')]).toEqual([
    [3, 4, 5],
    [3, 4, 5],
  ]);
});

it('refuses to exchange a table other than the marked one', async () => {
  await insert('copy', 7);
  await shadow.make();
  const marks = await shadow.marks(['copy']);
  await shadow.make();
  await expect(shadow.exchange(marks)).rejects.toMatchObject({ code: 'shadow_lost' });
  await shadow.drop();
  await expect(shadow.exchange(marks)).rejects.toMatchObject({ code: 'shadow_lost' });
  await expect(shadow.marks(['copy'])).rejects.toMatchObject({ code: 'shadow_lost' });
  expect(await live('copy')).toEqual([7]);
});
