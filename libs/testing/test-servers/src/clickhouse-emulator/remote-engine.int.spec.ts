import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectServer, migrate, openChdb, type Engine, type TableName } from '@tributary/clickhouse';
import type { Row } from '@tributary/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queryRows, countRows } from './remote-engine.fixture.ts';
import { startClickHouse, type ClickHouse } from './start-clickhouse.ts';

const migrations = join(import.meta.dirname, '../../../../../migrations/clickhouse');

let directory: string;
let clickhouse: ClickHouse;
let remote: Engine;
let embedded: Engine;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tributary-remote-'));
  clickhouse = await startClickHouse();
  remote = await connectServer({ url: clickhouse.url });
  embedded = await openChdb({ directory, threads: 16, readers: 2 });
});
afterAll(async () => {
  await remote.close();
  await embedded.close();
  await clickhouse.stop();
  await rm(directory, { recursive: true });
});

it('applies every migration once and records it in the ledger', async () => {
  const files = (await readdir(migrations)).filter((name) => name.endsWith('.sql')).toSorted();
  expect(await migrate(remote, migrations)).toEqual(files);
  expect(await migrate(remote, migrations)).toEqual([]);
  const ledger = await queryRows(remote, 'SELECT name FROM tributary.schema_migration ORDER BY number');
  expect(ledger).toEqual(files.map((name) => ({ name })));
});

it('describes every migrated table like the embedded engine', async () => {
  await migrate(embedded, migrations);
  const sql = `SELECT table, name, type, default_kind, compression_codec FROM system.columns
    WHERE database = 'tributary' ORDER BY table, position`;
  const columns = await queryRows(remote, sql);
  expect(columns.length).toBeGreaterThan(300);
  expect(columns).toEqual(await queryRows(embedded, sql));
});

const EVERY_TYPE = `
  n UInt32, u8 UInt8, i16 Int16, u64 UInt64, i64 Int64, f32 Float32, f64 Float64, half BFloat16, day Date,
  second DateTime('UTC'), at DateTime64(6, 'UTC'), yes Bool, text String, word LowCardinality(String),
  maybe Nullable(String), maybe_word LowCardinality(Nullable(String)), maybe_real Nullable(Float64), id UUID,
  kind Enum8('first' = 1, 'sec\\'ond' = 2), amount Decimal(18, 4), list Array(String), deep Array(Array(UInt16)),
  map Map(LowCardinality(String), Float64), maps Map(String, Array(Nullable(Int32))), hash FixedString(4),
  pair Tuple(name LowCardinality(String), score Float64), pairs Array(Tuple(LowCardinality(String), Int8)),
  made DateTime64(3, 'UTC') DEFAULT toDateTime64(1.5, 3, 'UTC')`;

// prettier-ignore
const ROWS: readonly Row[] = [
  { n: 0 },
  {
    n: 1, u8: 255, i16: -32768, u64: 2n ** 64n - 1n, i64: -(2n ** 63n), f32: Number.NaN, f64: -Infinity, half: 1.5,
    day: 20_000, second: 1_764_000_000, at: '2025-11-24T17:00:00.123456+01:00', yes: true, text: "€ü😀\n\n\t\0'\\",
    word: 'mathématiques', maybe: null, maybe_word: 'x', maybe_real: Number.NaN, kind: "sec'ond",
    id: '018f3c2e-0000-7000-8000-0123456789ab', amount: '12345.6789', list: ['', 'a,b', "'"], deep: [[1], [], [65_535]],
    map: { a: Infinity, b: 0.1 }, maps: { '': [null, 1] }, hash: '00ff10ab', pair: { name: 'p', score: 0.5 },
    pairs: [['a', -128], ['b', 127]],
  },
];

it('stores and reads a row with every type like the embedded engine', async () => {
  const table = 'tributary.every_type';
  const answers = [];
  for (const engine of [remote, embedded]) {
    await engine.command(`CREATE TABLE ${table} (${EVERY_TYPE}) ENGINE = MergeTree ORDER BY n`);
    await engine.insert({ table, token: 'every', rows: ROWS });
    answers.push(await queryRows(engine, `SELECT * FROM ${table} ORDER BY n`));
  }
  expect(answers[0]).toHaveLength(2);
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.[1]).toMatchObject({
    u64: '18446744073709551615',
    f64: -Infinity,
    f32: Number.NaN,
    list: ['', 'a,b', "'"],
  });
});

describe('parameters', () => {
  it.each<[string, string, unknown]>([
    ['text with all that needs an escape', 'String', "it's\n\t\\ \0 {a:String} é😀"],
    ['an absent text', 'Nullable(String)', null],
    ['a 64-bit integer', 'UInt64', 18_446_744_073_709_551_615n],
    ['NaN', 'Float64', Number.NaN],
    ['an infinity', 'Float64', -Infinity],
    ['texts in an array', 'Array(String)', ["it's", '', 'a\nb\\']],
    ['no texts in an array', 'Array(String)', []],
    ['a map', 'Map(String, Array(Float64))', { "it's": [1.5], b: [] }],
  ])('reach the server as they reach the embedded engine: %s', async (_, type, value) => {
    const sql = `SELECT {value:${type}} AS value, toTypeName(value) AS type`;
    const [row] = await queryRows(remote, sql, { value });
    expect(row).toEqual((await queryRows(embedded, sql, { value }))[0]);
    expect(row).toMatchObject({ value: typeof value === 'bigint' ? String(value) : value });
  });

  it('reach the server if they are longer than a URL may be', async () => {
    const long = Array.from({ length: 30_000 }, (_, index) => `urn:node:${index} 'é'`);
    const sql = 'SELECT arrayJoin({long:Array(String)}) AS text';
    expect(await queryRows(remote, sql, { long })).toEqual(long.map((text) => ({ text })));
  });

  it.each([
    ['a Date', new Date(0)],
    ['nothing', undefined],
  ])('are refused if they are %s, without a retry', async (_, value) => {
    for (const engine of [remote, embedded]) {
      await expect(queryRows(engine, 'SELECT {value:String} AS value', { value })).rejects.toMatchObject({
        code: 'bad_parameter',
        retryable: false,
      });
    }
  });
});

it('answers with no rows for an empty result', async () => {
  for (const engine of [remote, embedded])
    expect(await queryRows(engine, 'SELECT 1 AS a WHERE 0')).toEqual([]);
});

it('reads a long answer completely', async () => {
  const rows = await queryRows(remote, "SELECT number, repeat('é', 20) AS text FROM numbers(200000)");
  expect(rows).toHaveLength(200_000);
  expect(rows.at(-1)).toEqual({ number: '199999', text: 'é'.repeat(20) });
});

it.each([true, false])('takes a block of 60 MiB (compressed: %s)', async (compress) => {
  const table: TableName = `tributary.large_${compress}`;
  const engine = await connectServer({ url: clickhouse.url, compress });
  await engine.command(`CREATE TABLE ${table} (a UInt32, text String) ENGINE = MergeTree ORDER BY a`);
  const a = Uint32Array.from({ length: 300_000 }, (_, index) => index);
  const block = (await engine.encoder(table)).columns({ a, text: 'x\n\n'.repeat(66) });
  expect(block.bytes.length).toBeGreaterThan(60_000_000);
  await engine.insert({ token: 'large', block });
  const [sums] = await queryRows(engine, `SELECT sum(a) AS a, sum(length(text)) AS bytes FROM ${table}`);
  expect(sums).toEqual({ a: '44999850000', bytes: String(300_000 * 198) });
  await engine.close();
});

it('answers many concurrent readers, each with its own answer, during inserts', async () => {
  const table: TableName = 'tributary.busy';
  await remote.command(`CREATE TABLE ${table} (a UInt32) ENGINE = MergeTree ORDER BY a`);
  const reading = Array.from({ length: 60 }, (_, n) => queryRows(remote, 'SELECT {n:UInt32} AS n', { n }));
  const inserting = Array.from({ length: 12 }, (_, a) =>
    remote.insert({ table, token: `${a}`, rows: [{ a }] }),
  );
  expect(await Promise.all(reading)).toEqual(Array.from({ length: 60 }, (_, n) => [{ n }]));
  await Promise.all(inserting);
  expect(await countRows(remote, table)).toBe(12);
});

it('counts a repeated block once, in the table and in its view', async () => {
  const table: TableName = 'tributary.counted';
  const window = 'ORDER BY tuple() SETTINGS non_replicated_deduplication_window = 100';
  await remote.command(`CREATE TABLE ${table} (a UInt8) ENGINE = MergeTree ${window}`);
  await remote.command(`CREATE TABLE ${table}_sum (n UInt64) ENGINE = SummingMergeTree ${window}`);
  await remote.command(
    `CREATE MATERIALIZED VIEW ${table}_mv TO ${table}_sum AS SELECT count() AS n FROM ${table}`,
  );
  for (const token of ['a', 'a', 'b']) await remote.insert({ table, token, rows: [{ a: 1 }, { a: 2 }] });
  expect(await countRows(remote, table)).toBe(4);
  expect(await queryRows(remote, `SELECT sum(n) AS n FROM ${table}_sum`)).toEqual([{ n: '4' }]);
});

it('reports errors with the messages of the embedded engine', async () => {
  for (const sql of ['SELECT a FROM tributary.absent', "SELECT toUInt8('x') AS a", 'SELEC 1']) {
    const [said, expected] = await Promise.all(
      [remote, embedded].map((engine) => queryRows(engine, sql).catch((fault: unknown) => fault)),
    );
    expect(said).toMatchObject({ code: 'engine_refused', retryable: false });
    const code = /Code: \d+\. DB::Exception/.exec(String(expected))?.[0] ?? 'a code';
    expect(String(said)).toContain(code);
  }
  const insert = remote.insert({ table: 'tributary.absent', token: '1', rows: [{ a: 1 }] });
  await expect(insert).rejects.toMatchObject({ code: 'unknown_table' });
});

it('stops a query that runs too long, and the next one has its own answer', async () => {
  const withTimeout = await connectServer({ url: clickhouse.url, queryMillis: 1000 });
  const slow = queryRows(
    withTimeout,
    'SELECT count() AS c FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))',
  );
  await expect(slow).rejects.toMatchObject({ code: 'query_overdue', retryable: true });
  const next = await Promise.all(
    Array.from({ length: 8 }, (_, a) => queryRows(withTimeout, 'SELECT {a:UInt8} AS a', { a })),
  );
  expect(next).toEqual(Array.from({ length: 8 }, (_, a) => [{ a }]));
  await withTimeout.close();
});

it('finishes running statements before it closes', async () => {
  const table: TableName = 'tributary.closing';
  await remote.command(`CREATE TABLE ${table} (a UInt8) ENGINE = MergeTree ORDER BY a`);
  const closing = await connectServer({ url: clickhouse.url });
  const insert = closing.insert({ table, token: '1', rows: [{ a: 1 }] });
  const read = queryRows(closing, 'SELECT sleep(0.2) AS a');
  await closing.close();
  expect(await Promise.all([insert, read])).toEqual([undefined, [{ a: 0 }]]);
  expect(await countRows(remote, table)).toBe(1);
});
