import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, query } from '@tributary/kernel';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import { flushedTable, flushTables } from './flushed-tables.ts';
import { forTopology, type Topology } from './topology.ts';

type Migration = {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
};

const LEDGER = `
  CREATE TABLE IF NOT EXISTS tributary.schema_migration /*on_cluster*/
  (number UInt32, name String, sha256 String, applied_at DateTime64(6, 'UTC') DEFAULT now64(6))
  ENGINE = /*replicated*/MergeTree ORDER BY number
  SETTINGS non_replicated_deduplication_window = 10000`;

/** A function belongs to the server and the ledger to the database, which may have been restored on another server. */
const IS_FUNCTION = /^CREATE FUNCTION /m;

const appliedMigrations = query(import.meta.url, 'applied-migrations', {
  params: z.object({}),
  row: z.object({ number: z.int(), name: z.string(), sha256: z.string() }),
});

const knownTables = query(import.meta.url, 'known-tables', {
  params: z.object({}),
  row: z.object({ name: z.string() }),
});

/**
 * Applies the files `NNNN_verb_object.sql` of a directory that the ledger table does not contain, in order. Resolves with
 * their names. A migration that ran without reaching the ledger runs again, so every migration is idempotent; a ledger
 * of which a part cannot be read is made again, outside clusters, and all of them run again. Tables of earlier versions are changed so that their inserts reach the disk, too. Throws Fault `migration_misnamed`,
 * `migration_duplicate`, `migration_gap`, `migration_missing`, `migration_edited`, `migration_failed`, and those of
 * `Engine`.
 */
export async function migrate(
  engine: Engine,
  directory: string,
  topology: Topology = { kind: 'single' },
): Promise<string[]> {
  const names = await applyMigrations(engine, directory, topology);
  await flushTables(engine, topology);
  return names;
}

/**
 * Whether an earlier version made the tables: the ledger knows some of the migrations and not all of them. False where there
 * is no ledger, or none that can be read. Changes nothing.
 */
export async function isOfEarlierVersion(
  { reader }: Pick<Engine, 'reader'>,
  directory: string,
): Promise<boolean> {
  const migrations = await readMigrations(directory);
  const applied = await reader.all(appliedMigrations, {}).catch((fault: unknown) => {
    if (fault instanceof Fault && !fault.retryable) return [];
    throw fault;
  });
  return applied.length > 0 && applied.length < migrations.length;
}

/** As `migrate`, without the tables of earlier versions. */
export async function applyMigrations(
  engine: Engine,
  directory: string,
  topology: Topology = { kind: 'single' },
): Promise<string[]> {
  const migrations = await readMigrations(directory);
  await runForTopology(
    engine,
    'CREATE DATABASE IF NOT EXISTS tributary /*on_cluster*/ ENGINE = Atomic',
    topology,
  );
  await runForTopology(engine, LEDGER, topology);
  const applied = await readLedger(engine, topology);
  for (const { number, name, sha256 } of applied)
    checkUnchanged({ number, name, sha256 }, migrations[number - 1]);
  const applying = { migrations, count: applied.length };
  await restoreLost(engine, applying, topology);
  await applyAll(engine, applying, topology);
  return migrations.slice(applied.length).map(({ name }) => name);
}

type Applied = Omit<Migration, 'sql'>;

/**
 * What was applied: nothing, where a part of the ledger is damaged. In a cluster another replica has the part, and the
 * server fetches it by itself.
 */
async function readLedger(engine: Engine, topology: Topology): Promise<Applied[]> {
  try {
    return await engine.reader.all(appliedMigrations, {});
  } catch (fault) {
    if (!(fault instanceof Fault) || fault.code !== 'part_damaged' || topology.kind !== 'single') throw fault;
    await engine.command('DROP TABLE tributary.schema_migration SYNC');
    await runForTopology(engine, LEDGER, topology);
    return [];
  }
}

/** All migrations, and the number of those that were applied. */
type Applying = { readonly migrations: readonly Migration[]; readonly count: number };

const CREATES = /^CREATE (?:TABLE|MATERIALIZED VIEW) IF NOT EXISTS tributary\.(\w+)/m;
const DROPS = /^DROP (?:TABLE|VIEW) (?:IF EXISTS )?tributary\.(\w+)/m;

/**
 * Creates what applied migrations made and the server does not have: functions, and tables whose names a power cut took
 * while the ledger kept its rows. Every migration runs again then, because later ones change the tables of earlier ones.
 */
async function restoreLost(
  engine: Engine,
  { migrations, count }: Applying,
  topology: Topology,
): Promise<void> {
  const applied = migrations.slice(0, count);
  const expected = new Set<string>();
  for (const { sql } of applied) {
    const [created, dropped] = [createdBy(sql), droppedBy(sql)];
    if (created !== undefined) expected.add(created);
    if (dropped !== undefined) expected.delete(dropped);
  }
  for (const { name } of await engine.reader.all(knownTables, {})) expected.delete(name);
  const again = expected.size > 0 ? applied : applied.filter(({ sql }) => IS_FUNCTION.test(sql));
  for (const migration of again.filter(isNeeded(migrations))) await apply(engine, migration, topology);
}

const createdBy = (sql: string): string | undefined => CREATES.exec(sql)?.[1];
const droppedBy = (sql: string): string | undefined => DROPS.exec(sql)?.[1];

/**
 * Whether no later migration drops what one creates. Its view may not fit its tables, where some are there as the last
 * migration left them and others are made again as they were at first.
 */
const isNeeded =
  (migrations: readonly Migration[]) =>
  ({ number, sql }: Migration): boolean => {
    const created = createdBy(sql);
    const later = migrations.slice(number);
    return created === undefined || !later.some((one) => droppedBy(one.sql) === created);
  };

/** Enters those that ran, or need not run, in the ledger with one insert, since each insert waits for the disk. */
async function applyAll(engine: Engine, { migrations, count }: Applying, topology: Topology): Promise<void> {
  const ran: Migration[] = [];
  try {
    for (const migration of migrations.slice(count)) {
      if (isNeeded(migrations)(migration)) await apply(engine, migration, topology);
      ran.push(migration);
    }
  } finally {
    await enter(engine, ran);
  }
}

async function enter(engine: Engine, ran: readonly Migration[]): Promise<void> {
  if (ran.length === 0) return;
  const rows = ran.map(({ number, name, sha256 }) => ({
    number,
    name,
    sha256,
  }));
  const token = `schema_migration:${rows.map(({ number, sha256 }) => `${number}:${sha256}`).join(',')}`;
  await engine.insert({ table: 'tributary.schema_migration', token, rows });
}

/** If one of the statements fails, the next attempt runs all of them again. */
async function runForTopology(engine: Engine, sql: string, topology: Topology): Promise<void> {
  for (const statement of forTopology(flushedTable(sql), topology)) await engine.command(statement);
}

async function apply(engine: Engine, { name, sql }: Migration, topology: Topology): Promise<void> {
  try {
    await runForTopology(engine, sql, topology);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('migration_failed', `migration ${name} failed: ${reason}`, {
      cause,
    });
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.sql')).toSorted();
  const migrations = await Promise.all(names.map((name) => readMigration(directory, name)));
  for (const [index, { number, name }] of migrations.entries()) checkNumber(name, number, index + 1);
  return migrations;
}

async function readMigration(directory: string, name: string): Promise<Migration> {
  const [, digits] = /^(\d{4})_[a-z][a-z0-9_]*\.sql$/.exec(name) ?? [];
  if (digits === undefined)
    throw new Fault('migration_misnamed', `${name} is not the name of a migration: use NNNN_verb_object.sql`);
  const sql = await readFile(join(directory, name), 'utf8');
  return {
    number: Number(digits),
    name,
    sql,
    sha256: createHash('sha256').update(sql).digest('hex'),
  };
}

function checkNumber(name: string, number: number, expected: number): void {
  if (number === expected) return;
  if (number < expected)
    throw new Fault('migration_duplicate', `${name}: another migration has the number ${number}`);
  throw new Fault(
    'migration_gap',
    `${name}: the migration before it is missing; its number must be ${expected}`,
  );
}

function checkUnchanged(applied: Applied, file: Migration | undefined): void {
  if (!file) {
    throw new Fault(
      'migration_missing',
      `the database has migration ${applied.name}, which this version does not know: use the version that applied it`,
    );
  }
  if (file.sha256 === applied.sha256 && file.name === applied.name) return;
  throw new Fault(
    'migration_edited',
    `${file.name} was edited after ${applied.name} was applied: restore it and write a new migration`,
  );
}
