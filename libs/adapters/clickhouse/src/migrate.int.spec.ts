import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { isOfEarlierVersion, migrate } from './index.ts';
import { openScratch } from './scratch.fixture.ts';

const RELEASED = join(import.meta.dirname, '../../../../migrations/clickhouse');

let scratch: Awaited<ReturnType<typeof openScratch>>;
let folder: string;

const table = (name: string) =>
  `CREATE TABLE IF NOT EXISTS tributary.${name} /*on_cluster*/ (a UInt8) ENGINE = /*replicated*/MergeTree ORDER BY a`;
const write = (file: string, sql: string) => writeFile(join(folder, file), sql);

beforeAll(async () => {
  scratch = await openScratch();
});
afterAll(() => scratch.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-migrations-'));
  await write('0001_create_first.sql', table('first'));
  await write('0002_create_second.sql', table('second'));
});
afterEach(async () => {
  await scratch.engine.command('DROP DATABASE IF EXISTS tributary SYNC');
  await rm(folder, { recursive: true });
});

it('applies each migration once, in order, also after reopening', async () => {
  expect(await migrate(scratch.engine, folder)).toEqual(['0001_create_first.sql', '0002_create_second.sql']);
  await scratch.reopen();
  await write('0003_create_third.sql', table('third'));
  expect(await migrate(scratch.engine, folder)).toEqual(['0003_create_third.sql']);
  expect(
    await scratch.ask(
      'SELECT number, applied_at > now() - 60 AS recent FROM tributary.schema_migration ORDER BY number',
    ),
  ).toEqual([1, 2, 3].map((number) => ({ number, recent: 1 })));
});

it('knows tables of an earlier version before it changes them', async () => {
  const isEarlier = () => isOfEarlierVersion(scratch.engine, folder);
  expect(await isEarlier()).toBe(false);
  await migrate(scratch.engine, folder);
  expect(await isEarlier()).toBe(false);
  await write('0003_create_third.sql', table('third'));
  expect(await isEarlier()).toBe(true);
  await scratch.engine.command('TRUNCATE TABLE tributary.schema_migration');
  expect(await isEarlier()).toBe(false);
  expect(await migrate(scratch.engine, folder)).toHaveLength(3);
  expect(await isEarlier()).toBe(false);
});

it('repeats a migration that ran without reaching the ledger', async () => {
  await scratch.engine.command('CREATE DATABASE IF NOT EXISTS tributary ENGINE = Atomic');
  await scratch.engine.command(table('first'));
  expect(await migrate(scratch.engine, folder)).toHaveLength(2);
});

it('leaves every table as it was when all released migrations run again', async () => {
  const columns = () =>
    scratch.ask(
      "SELECT table, name, type, default_expression FROM system.columns WHERE database = 'tributary' ORDER BY table, position",
    );
  const applied = await migrate(scratch.engine, RELEASED);
  const before = await columns();
  await scratch.engine.command('TRUNCATE TABLE tributary.schema_migration');
  expect(await migrate(scratch.engine, RELEASED)).toEqual(applied);
  expect(await columns()).toEqual(before);
});

it('lets inserts and merges of every table reach the disk, also of tables that an earlier version created', async () => {
  await scratch.engine.command('CREATE DATABASE IF NOT EXISTS tributary ENGINE = Atomic');
  await scratch.engine.command(table('first'));
  await write(
    '0002_create_second.sql',
    `${table('second')} SETTINGS non_replicated_deduplication_window = 10000`,
  );
  await migrate(scratch.engine, folder);
  const settings = await scratch.ask(
    "SELECT name, extractAll(engine_full, '(\\\\w*fsync\\\\w*) = 1') AS flushed FROM system.tables WHERE database = 'tributary' ORDER BY name",
  );
  const flushed = ['fsync_after_insert', 'fsync_part_directory', 'min_rows_to_fsync_after_merge'];
  expect(
    settings.map((one) => ({
      ...one,
      flushed: (one['flushed'] as string[]).toSorted(),
    })),
  ).toEqual(['first', 'schema_migration', 'second'].map((name) => ({ name, flushed })));
});

it('creates a table again that is gone while the ledger has its migration, with what later migrations change', async () => {
  await write('0003_alter_first.sql', 'ALTER TABLE tributary.first ADD COLUMN IF NOT EXISTS b UInt8');
  await migrate(scratch.engine, folder);
  await scratch.engine.command('DROP TABLE tributary.first SYNC');
  expect(await migrate(scratch.engine, folder)).toEqual([]);
  expect(await scratch.ask('SELECT a, b FROM tributary.first')).toEqual([]);
  expect(await scratch.ask('SELECT count() AS rows FROM tributary.schema_migration')).toEqual([
    { rows: '3' },
  ]);
});

it('makes the ledger again where a part of it is damaged, and leaves the rows of the tables', async () => {
  await write('0003_alter_first.sql', 'ALTER TABLE tributary.first ADD COLUMN IF NOT EXISTS b UInt8');
  const names = await migrate(scratch.engine, folder);
  await scratch.engine.command('INSERT INTO tributary.first VALUES (1, 2)');
  const [part] = await scratch.ask<{ path: string }>(
    "SELECT path FROM system.parts WHERE table = 'schema_migration' AND active",
  );
  const file = join(part?.path ?? '', 'data.bin');
  const bytes = await readFile(file);
  const middle = Math.floor(bytes.length / 2);
  await writeFile(file, bytes.fill(0xff, middle, middle + 8));
  expect(await migrate(scratch.engine, folder)).toEqual(names);
  expect(await migrate(scratch.engine, folder)).toEqual([]);
  expect(await scratch.ask('SELECT a, b FROM tributary.first')).toEqual([{ a: 1, b: 2 }]);
});

it('makes a function again that the server of a restored database lacks', async () => {
  const sql = 'CREATE FUNCTION IF NOT EXISTS tributaryTestTwice /*on_cluster*/ AS (x) -> 2 * x';
  await write('0003_create_twice.sql', sql);
  await migrate(scratch.engine, folder);
  await scratch.engine.command('DROP FUNCTION tributaryTestTwice');
  expect(await migrate(scratch.engine, folder)).toEqual([]);
  expect(await scratch.ask('SELECT tributaryTestTwice(21) AS answer')).toEqual([{ answer: 42 }]);
  await scratch.engine.command('DROP FUNCTION tributaryTestTwice');
});

it('refuses a file that was edited after it was applied', async () => {
  await migrate(scratch.engine, folder);
  await write('0001_create_first.sql', `${table('first')} -- better`);
  await expect(migrate(scratch.engine, folder)).rejects.toMatchObject({
    code: 'migration_edited',
    message: expect.stringContaining('0001_create_first.sql') as string,
  });
});

it('refuses a database that was migrated by a newer version', async () => {
  await migrate(scratch.engine, folder);
  await rm(join(folder, '0002_create_second.sql'));
  await expect(migrate(scratch.engine, folder)).rejects.toMatchObject({
    code: 'migration_missing',
  });
});

it.each([
  ['a gap', 'migration_gap', '0004_create_fourth.sql'],
  ['a duplicate', 'migration_duplicate', '0002_create_other.sql'],
  ['a name without a number', 'migration_misnamed', 'create_fifth.sql'],
])('refuses %s before anything runs', async (_, code, file) => {
  await write(file, table('other'));
  await expect(migrate(scratch.engine, folder)).rejects.toMatchObject({ code });
  expect(await scratch.ask("SELECT name FROM system.tables WHERE database = 'tributary'")).toEqual([]);
});

it('refuses a file with two statements, and names it', async () => {
  await write('0003_create_third.sql', `${table('third')}; ${table('fourth')}`);
  await expect(migrate(scratch.engine, folder)).rejects.toMatchObject({
    code: 'migration_failed',
    message: expect.stringContaining('0003_create_third.sql') as string,
  });
  await rename(join(folder, '0003_create_third.sql'), join(folder, '0003_create_third.txt'));
  expect(await migrate(scratch.engine, folder)).toEqual([]);
});
