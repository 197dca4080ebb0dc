import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openCluster, withoutKeeper } from './cluster.fixture.ts';
import { forTopology, migrate, type Engine, type Topology } from './index.ts';

const topology: Topology = { kind: 'cluster', name: 'main' };
const folder = join(import.meta.dirname, '../../../../migrations/clickhouse');
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
const statements = files.flatMap((name) =>
  forTopology(readFileSync(join(folder, name), 'utf8'), topology).map((sql) => ({ name, sql })),
);

let cluster: Awaited<ReturnType<typeof openCluster>>;
beforeAll(async () => {
  cluster = await openCluster();
  await cluster.text('CREATE DATABASE tributary ENGINE = Atomic');
  for (const { sql } of statements) await cluster.text(withoutKeeper(sql));
});
afterAll(() => cluster.close());

it('writes only statements that the engine can parse', async () => {
  const parsed: string[] = [];
  const engine: Pick<Engine, 'command' | 'insert' | 'reader'> = {
    command: async (sql) => void parsed.push(await cluster.text(`EXPLAIN AST ${sql}`)),
    insert: () => Promise.resolve(),
    reader: { all: () => Promise.resolve([]) },
  };
  await migrate(engine as Engine, folder, topology);
  /* A later one drops the view of 0044, which is not made where both run. */
  const run = statements.filter(({ name }) => !name.startsWith('0044'));
  expect(parsed).toHaveLength(run.length + 3);
  expect(parsed.filter((tree) => !/^(?:Create|CreateSQLFunction|Alter|Drop)Query/.test(tree))).toEqual([]);
});

it.each(statements)('$name can be repeated in a cluster', async ({ sql }) => {
  await expect(cluster.text(withoutKeeper(sql))).resolves.toBe('');
});

const insert = (token: string, rows: string): Promise<string> =>
  cluster.text(
    `INSERT INTO tributary.training_step (run_id, attempt, step, loss, tokens, _position)
     SETTINGS insert_deduplication_token = '${token}', async_insert = 0, distributed_foreground_insert = 1 ${rows}`,
  );
/** Both shards are one server here, so their rows would be counted twice. This counts the rows of the server. */
const held = (): Promise<string> =>
  cluster.text(`SELECT (SELECT count() FROM tributary.training_step_local),
    (SELECT sum(steps) FROM tributary.training_step_per_64_local), (SELECT sum(steps) FROM tributary.training_step_per_4096_local)`);

it('counts a batch once that was inserted twice with its token through the table of all shards, also in the rollups', async () => {
  const batch = "SELECT 'r', 1, number, 2.5, 10, bitShiftLeft(3, 40) + number FROM numbers(1000)";
  await insert('e@1:1-1000', batch);
  await insert('e@1:1-1000', batch);
  expect(await held()).toBe('1000\t1000\t1000\n');
  await insert('e@1:1001-2000', batch);
  expect(await held()).toBe('2000\t2000\t2000\n');
});

it('empties nothing through the table of all shards, and all rows through the statement for clusters', async () => {
  const before = await held();
  await cluster.text('TRUNCATE TABLE tributary.training_step');
  expect(await held()).toBe(before);
  for (const sql of forTopology('TRUNCATE TABLE tributary.training_step', topology))
    await cluster.text(withoutKeeper(sql));
  expect(await held()).toMatch(/^0\t/);
});
