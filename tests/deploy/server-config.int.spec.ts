import { cpSync, mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openConfigured } from '../../libs/adapters/clickhouse/src/cluster.fixture.ts';
import { deploy, deployedFiles, readDeployed, statementsOf } from './statements.fixture.ts';

/** The configuration of a server, with its included files. The only user of the engine has the reader's profile. */
const USERS = `<clickhouse><profiles><default/></profiles><users><default>
  <password></password><profile>tributary_reader</profile><quota>default</quota>
</default></users><quotas><default/></quotas></clickhouse>`;
const CONFIG = `<clickhouse><tcp_port>9000</tcp_port><users_config>users.xml</users_config></clickhouse>`;

let folder: string;
let engine: ReturnType<typeof openConfigured>;
const ask = async (sql: string): Promise<string> => (await engine.text(sql)).trim();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tributary-server-'));
  Object.assign(process.env, {
    CLICKHOUSE_WRITER_PASSWORD: 'w',
    CLICKHOUSE_READER_PASSWORD: 'r',
    CLICKHOUSE_CLUSTER_SECRET: 's',
    CLICKHOUSE_SHARD: '2',
    CLICKHOUSE_REPLICA: '1',
  });
  writeFileSync(join(folder, 'config.xml'), CONFIG.replace('users.xml', join(folder, 'users.xml')));
  writeFileSync(join(folder, 'users.xml'), USERS);
  for (const name of ['config.d', 'users.d']) mkdirSync(join(folder, name));
  cpSync(join(deploy, 'clickhouse/config.d'), join(folder, 'config.d'), { recursive: true });
  cpSync(join(deploy, 'clickhouse/users.d'), join(folder, 'users.d'), { recursive: true });
  cpSync(join(deploy, 'clickhouse/cluster.d/cluster.xml'), join(folder, 'config.d/cluster.xml'));
  cpSync(join(deploy, 'clickhouse/cluster.d/quorum.xml'), join(folder, 'users.d/quorum.xml'));
  engine = openConfigured(join(folder, 'tables'), join(folder, 'config.xml'));
});
afterAll(() => {
  engine.close();
  rmSync(folder, { recursive: true });
});

it('is read by the engine: two shards of two servers, with macros from the environment', async () => {
  expect(
    await ask("SELECT shard_num, replica_num, host_name FROM system.clusters WHERE cluster = 'tributary'"),
  ).toBe('1\t1\tclickhouse-1-1\n1\t2\tclickhouse-1-2\n2\t1\tclickhouse-2-1\n2\t2\tclickhouse-2-2');
  expect(await ask('SELECT * FROM system.macros ORDER BY macro')).toBe(
    'cluster\ttributary\nreplica\t1\nshard\t2',
  );
});

it('is read by the engine: merge settings, users, profiles and the quorum', async () => {
  expect(await ask("SELECT value FROM system.merge_tree_settings WHERE name = 'old_parts_lifetime'")).toBe(
    '480',
  );
  expect(await ask("SELECT name FROM system.users WHERE name LIKE 'tributary%' ORDER BY name")).toBe(
    'tributary_reader\ntributary_writer',
  );
  const quorum = `SELECT value FROM system.settings_profile_elements WHERE profile_name = 'tributary_writer' AND setting_name = 'insert_quorum'`;
  expect(await ask(quorum)).toBe('2');
});

describe("the reader's profile", () => {
  it('lets the client set its limits and formats', async () => {
    const settings =
      "max_execution_time = 30, log_comment = 'curve', output_format_json_quote_64bit_integers = 1";
    expect(await ask(`SELECT 1 SETTINGS ${settings}`)).toBe('1');
  });

  it('runs a subquery on all shards', async () => {
    expect(await ask("SELECT getSetting('distributed_product_mode')")).toBe('global');
  });

  it.each([
    ['a limit above its own', 'SELECT 1 SETTINGS max_execution_time = 500'],
    ['no limit', 'SELECT 1 SETTINGS max_execution_time = 0'],
    [
      'subqueries that each shard answers from its own rows only',
      "SELECT 1 SETTINGS distributed_product_mode = 'local'",
    ],
    ['rights to write', 'SELECT 1 SETTINGS readonly = 0'],
    ['tables', 'CREATE TABLE tributary.x (a UInt8) ENGINE = MergeTree ORDER BY a'],
  ])('refuses %s', async (_, sql) => {
    await expect(ask(sql)).rejects.toThrow(
      /SETTING_CONSTRAINT_VIOLATION|READONLY|ACCESS_DENIED|QUERY_IS_PROHIBITED/,
    );
  });
});

it.each(deployedFiles('.sql'))('%s contains statements that the engine can parse', async (name) => {
  const statements = statementsOf(readDeployed(name));
  expect(statements.length).toBeGreaterThan(5);
  for (const statement of statements)
    expect(await ask(`EXPLAIN AST ${statement}`)).toMatch(/Create|Grant|ROW POLICY/);
});

it('contains grants that the engine can parse', async () => {
  const grants = [...readDeployed('clickhouse/users.d/tributary.xml').matchAll(/<query>(.+)<\/query>/g)];
  expect(grants).toHaveLength(5);
  for (const [, grant] of grants) expect(await ask(`EXPLAIN AST ${grant} TO x`)).toMatch(/^GrantQuery/);
});
