import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { forTopology, type Topology } from './topology.ts';

const cluster: Topology = { kind: 'cluster', name: 'main' };
const folder = join(import.meta.dirname, '../../../../migrations/clickhouse');
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

const TABLE = `-- Steps of 'tributary.step'.
CREATE TABLE IF NOT EXISTS tributary.step /*on_cluster*/
(
    run_id String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = /*replicated*/MergeTree
ORDER BY (run_id, _position)
SETTINGS non_replicated_deduplication_window = 10000`;

it.each(files)('leaves %s unchanged on one server', (name) => {
  expect(forTopology(read(name), { kind: 'single' })).toEqual([read(name)]);
});

it('creates a table for the rows of a shard and a table over all shards', () => {
  expect(forTopology(TABLE, cluster)).toEqual([
    `-- Steps of 'tributary.step'.
CREATE TABLE IF NOT EXISTS tributary.step_local ON CLUSTER 'main'
(
    run_id String,
    _position UInt64 CODEC(DoubleDelta, ZSTD(1))
)
ENGINE = ReplicatedMergeTree('/clickhouse/tables/{shard}/tributary/step_local', '{replica}')
ORDER BY (run_id, _position)
SETTINGS replicated_deduplication_window = 100000, replicated_deduplication_window_seconds = 2592000`,
    `CREATE TABLE IF NOT EXISTS tributary.step ON CLUSTER 'main' AS tributary.step_local
ENGINE = Distributed('main', 'tributary', 'step_local', bitShiftRight(_position, 40))`,
  ]);
});

it('shards a table without positions by the first column of its key', () => {
  const rollup = TABLE.replace(/_position UInt64.*/, 'n SimpleAggregateFunction(sum, UInt64)').replace(
    'MergeTree\nORDER BY (run_id, _position)',
    'AggregatingMergeTree\nORDER BY run_id',
  );
  const [held, spread] = forTopology(rollup, cluster);
  expect(held).toContain(
    "ENGINE = ReplicatedAggregatingMergeTree('/clickhouse/tables/{shard}/tributary/step_local'",
  );
  expect(spread).toMatch(/cityHash64\(run_id\)\)$/);
});

it('lets a view read and write the rows of the same shard, and leaves strings unchanged', () => {
  const view = `CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.step_mv /*on_cluster*/ TO tributary.step_sum AS
SELECT run_id, 'tributary.step' AS origin FROM tributary.step AS s JOIN tributary.run ON 1 -- tributary.x`;
  expect(forTopology(view, cluster)).toEqual([
    `CREATE MATERIALIZED VIEW IF NOT EXISTS tributary.step_mv ON CLUSTER 'main' TO tributary.step_sum_local AS
SELECT run_id, 'tributary.step' AS origin FROM tributary.step_local AS s JOIN tributary.run_local ON 1 -- tributary.x`,
  ]);
});

it('alters both tables, first the one with the rows', () => {
  expect(
    forTopology('ALTER TABLE tributary.step /*on_cluster*/ ADD COLUMN IF NOT EXISTS a UInt8', cluster),
  ).toEqual([
    "ALTER TABLE tributary.step_local ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS a UInt8",
    "ALTER TABLE tributary.step ON CLUSTER 'main' ADD COLUMN IF NOT EXISTS a UInt8",
  ]);
});

it('empties the tables of every shard, because truncating the table over all shards empties nothing', () => {
  expect(forTopology('TRUNCATE TABLE tributary.step', cluster)).toEqual([
    "TRUNCATE TABLE tributary.step_local ON CLUSTER 'main'",
  ]);
});

it('drops both tables, and a view once', () => {
  expect(forTopology('DROP TABLE IF EXISTS tributary.step /*on_cluster*/', cluster)).toEqual([
    "DROP TABLE IF EXISTS tributary.step ON CLUSTER 'main'",
    "DROP TABLE IF EXISTS tributary.step_local ON CLUSTER 'main' SYNC",
  ]);
  expect(forTopology('DROP VIEW IF EXISTS tributary.step_mv /*on_cluster*/', cluster)).toEqual([
    "DROP VIEW IF EXISTS tributary.step_mv ON CLUSTER 'main'",
  ]);
});

it.each([
  ['a statement of another kind', 'RENAME TABLE tributary.a TO tributary.b', 'statement_not_for_clusters'],
  ['an engine without its mark', TABLE.replace('/*replicated*/', ''), 'migration_unmarked'],
  ['a table without a window', TABLE.replace(/SETTINGS.*/, ''), 'migration_unmarked'],
])('refuses %s in a cluster', (_, sql, code) => {
  expect(() => forTopology(sql, cluster)).toThrow(expect.objectContaining({ code }) as Error);
});

describe('every migration in a cluster', () => {
  const statements = files.flatMap((name) => forTopology(read(name), cluster).map((sql) => ({ name, sql })));
  const code = (sql: string): string => sql.replaceAll(/--[^\n]*/g, '');

  it.each(statements)('$name runs on every server and has no mark left', ({ sql }) => {
    expect(sql).toContain("ON CLUSTER 'main'");
    expect(sql).not.toMatch(/\/\*|non_replicated/);
  });

  it.each(statements.filter(({ sql }) => code(sql).includes('MATERIALIZED VIEW')))(
    '$name refers to tables of one shard only, apart from itself',
    ({ sql }) => {
      const named = [...code(sql).matchAll(/tributary\.(\w+)/g)].slice(1).map(([, table = '']) => table);
      expect(named.length).toBeGreaterThan(1);
      expect(named.filter((table) => !table.endsWith('_local'))).toEqual([]);
    },
  );

  it.each(statements.filter(({ sql }) => sql.includes('ENGINE = Distributed')))(
    '$name keeps a batch on one shard, unless only a view fills the table',
    ({ sql }) => {
      const table = /tributary\.(\w+)/.exec(sql)?.[1] ?? '';
      const filled = files.some((name) => new RegExp(`TO tributary\\.${table}\\b`).test(read(name)));
      expect(filled || /bitShiftRight\((?:_position, 40|position_range, 24)\)/.test(sql)).toBe(true);
    },
  );
});

it('creates a function on every server', () => {
  expect(forTopology('CREATE FUNCTION IF NOT EXISTS f /*on_cluster*/ AS (x) -> x', cluster)).toEqual([
    "CREATE FUNCTION IF NOT EXISTS f ON CLUSTER 'main' AS (x) -> x",
  ]);
});
