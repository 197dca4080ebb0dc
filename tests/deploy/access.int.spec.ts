import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openChdb, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { expect, it } from 'vitest';
import { readDeployed, statementsOf } from './statements.fixture.ts';

const MIGRATIONS = join(import.meta.dirname, '../../migrations/clickhouse');
const directory = mkdtempSync(join(tmpdir(), 'tributary-access-'));
const xml = readDeployed('clickhouse/users.d/tributary.xml');
const sql = statementsOf(readDeployed('clickhouse/access/service-users.sql'));

/** The settings of a profile with their constraints, from the server's configuration file. */
function fromXml(profile: string): Record<string, string> {
  const body = new RegExp(`<${profile}>([\\s\\S]*?)</${profile}>`).exec(xml)?.[1] ?? '';
  const [settings = '', bounds = ''] = body.replaceAll(/<!--[\s\S]*?-->/g, '').split('<constraints>');
  const values = [...settings.matchAll(/<(\w+)>([\w.]+)<\/\1>/g)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return Object.fromEntries(
    values.map(([name, value]) => {
      const bound = new RegExp(`<${name}>(.*)</${name}>`).exec(bounds)?.[1] ?? '';
      const [, low] = /<min>([\d.]+)/.exec(bound) ?? [];
      const [, high] = /<max>([\d.]+)/.exec(bound) ?? [];
      const range = low === undefined ? '' : ` MIN ${low} MAX ${high}`;
      return [name, `${value}${bound.includes('<const/>') ? ' CONST' : range}`];
    }),
  );
}

function fromSql(profile: string): Record<string, string> {
  const statement =
    sql.find((text) => text.startsWith(`CREATE SETTINGS PROFILE IF NOT EXISTS ${profile} `)) ?? '';
  const settings = [...statement.matchAll(/^\s*(\w+) = ([^,\n]+?),?$/gm)];
  return Object.fromEntries(settings.map(([, name = '', value = '']) => [name, value.replaceAll("'", '')]));
}

it.each(['tributary_writer', 'tributary_reader'])(
  'gives %s equal settings in the file and in the statements',
  (profile) => {
    expect(Object.keys(fromXml(profile)).length).toBeGreaterThan(5);
    expect(fromSql(profile)).toEqual(fromXml(profile));
  },
);

it('has equal grants in the file and in the statements', () => {
  const inXml = [...xml.matchAll(/<query>(GRANT .+)<\/query>/g)].map(([, grant]) => grant);
  const inSql = sql.filter((text) => text.startsWith('GRANT')).map((text) => text.replace(/ TO \w+$/, ''));
  expect(inSql).toEqual(inXml);
});

/** What ClickHouse asks for before it runs a statement that changes tables, by the beginning of the statement. */
const PRIVILEGES: readonly (readonly [statement: RegExp, privilege: string])[] = [
  [/^CREATE DATABASE/, 'CREATE DATABASE'],
  [/^CREATE FUNCTION/, 'CREATE FUNCTION'],
  [/^CREATE MATERIALIZED VIEW/, 'CREATE VIEW'],
  [/^CREATE TABLE|^EXCHANGE TABLES|^RENAME TABLE/, 'CREATE TABLE'],
  [/^DROP TABLE|^EXCHANGE TABLES|^RENAME TABLE/, 'DROP TABLE'],
  [/^DROP VIEW/, 'DROP VIEW'],
  [/^TRUNCATE TABLE/, 'TRUNCATE'],
  [/^ALTER TABLE[^]*\b(?:ADD|MODIFY|DROP|RENAME) COLUMN/, 'ALTER COLUMN'],
  [/^ALTER TABLE[^]*\bMODIFY SETTING/, 'ALTER SETTINGS'],
  [/^INSERT INTO|^EXCHANGE TABLES|^RENAME TABLE/, 'INSERT'],
];

it('lets the writer run every statement of migrations, rebuilds and settings', async () => {
  const statements = new Set<string>();
  const engine = await openChdb({ directory, threads: 8 });
  const recorded: Engine = {
    ...engine,
    command: (text) => {
      statements.add(text.replace(/^(?:\s*--[^\n]*\n|\s+)*/, ''));
      return engine.command(text);
    },
  };
  try {
    await migrate(recorded, MIGRATIONS);
    await engine.command('ALTER TABLE tributary.training_run RESET SETTING fsync_after_insert');
    await migrate(recorded, MIGRATIONS);
    const shadow = openShadow({ engine: recorded, migrations: MIGRATIONS });
    await shadow.make();
    await shadow.exchange(await shadow.marks(['training_run']));
    await shadow.drop();
  } finally {
    await engine.close();
    rmSync(directory, { recursive: true });
  }
  const granted = sql.filter((text) => text.startsWith('GRANT') && text.endsWith('tributary_writer')).join();
  const asked = [...statements].map((text) =>
    PRIVILEGES.filter(([statement]) => statement.test(text)).map(([, privilege]) => privilege),
  );
  expect(asked.filter((privileges) => privileges.length === 0)).toEqual([]);
  expect(new Set(asked.flat())).toContain('ALTER SETTINGS');
  for (const privilege of new Set(asked.flat())) expect(granted).toContain(privilege);
});

it('contains no working password', () => {
  for (const name of ['service-users', 'analysts', 'runs-of-a-team'])
    expect(readDeployed(`clickhouse/access/${name}.sql`)).not.toMatch(/BY '(?!0{64}')/);
  expect(xml).not.toMatch(/<password>/);
});
