import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ping, requireSchema } from './schema.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../../migrations/clickhouse');
const newest = Number(readdirSync(MIGRATIONS).toSorted().at(-1)?.slice(0, 4));

const directory = mkdtempSync(join(tmpdir(), 'tributary-schema-'));
let engine: Engine;
beforeAll(async () => {
  engine = await openChdb({ directory, threads: 16 });
});
afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true });
});

const record = (number: number, name: string) =>
  engine.insert({ table: 'tributary.schema_migration', token: name, rows: [{ number, name, sha256: '' }] });

it('says that there are no tables, and who creates them', async () => {
  await expect(requireSchema(engine.reader)).rejects.toMatchObject({
    code: 'schema_absent',
    retryable: true,
    message: expect.stringContaining('start the projector'),
  });
});

it('accepts the tables of this version', async () => {
  await migrate(engine, MIGRATIONS);
  await expect(requireSchema(engine.reader)).resolves.toBeUndefined();
  await expect(ping(engine.reader)).resolves.toBeUndefined();
});

it('refuses newer tables for good', async () => {
  await record(newest + 1, `${newest + 1}_from_the_future.sql`);
  await expect(requireSchema(engine.reader)).rejects.toMatchObject({
    code: 'schema_newer',
    retryable: false,
  });
});

it('waits for older tables to be migrated', async () => {
  await record(newest + 2, '0001_old.sql');
  await expect(requireSchema(engine.reader)).rejects.toMatchObject({
    code: 'schema_older',
    retryable: true,
    message: expect.stringContaining('the tables are at 0001_old.sql'),
  });
});
