import { createServer, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connectServer, type Engine, type ServerConfig, type TableName } from '@tributary/clickhouse';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy/start-tcp-proxy.ts';
import { queryRows, countRows } from './remote-engine.fixture.ts';
import { startClickHouse, type ClickHouse } from './start-clickhouse.ts';

let clickhouse: ClickHouse;
let proxy: TcpProxy;
let engine: Engine;
const opened: Engine[] = [];

beforeAll(async () => {
  clickhouse = await startClickHouse({ users: { default: '', writer: 'right' } });
});
afterAll(() => clickhouse.stop());

beforeEach(async () => {
  proxy = await startTcpProxy({ to: { host: '127.0.0.1', port: clickhouse.port } });
  engine = await connected({});
});
afterEach(async () => {
  proxy.blackhole(false);
  for (const each of opened.splice(0)) await each.close();
  await proxy.stop();
});

async function connected(config: Partial<ServerConfig>): Promise<Engine> {
  const made = await connectServer({
    url: `http://127.0.0.1:${proxy.port}`,
    insertRetry: { firstDelay: 50, maxDelay: 50, attempts: 6 },
    ...config,
  });
  opened.push(made);
  return made;
}

let tables = 0;
async function aTable(): Promise<TableName> {
  tables += 1;
  const table = `tributary.t${tables}` as const;
  await engine.command('CREATE DATABASE IF NOT EXISTS tributary ENGINE = Atomic');
  const window = 'SETTINGS non_replicated_deduplication_window = 100';
  await engine.command(`CREATE TABLE ${table} (a UInt32) ENGINE = MergeTree ORDER BY a ${window}`);
  await engine.encoder(table);
  return table;
}

const rows = [{ a: 1 }, { a: 2 }];
const many = Array.from({ length: 100_000 }, (_, index) => ({ a: (index * 2_654_435_761) % 2 ** 32 }));
const unreachable = { code: 'engine_unreachable', retryable: true };

it('makes no other attempt of an insert without its lease, however short the time since the last one', async () => {
  const table = await aTable();
  const lost = new AbortController();
  let checks = 0;
  const check = (): void => {
    checks += 1;
    if (checks === 2) lost.abort(new Error('the partition is lost'));
    lost.signal.throwIfAborted();
  };
  proxy.cutAnswerAfterRequests(0);
  const late = engine.insert({ table, token: 'zombie', rows, lease: { lost: lost.signal, check } });
  await expect(late).rejects.toThrow('the partition is lost');
  expect(checks).toBe(2);
  expect(await countRows(engine, table)).toBe(2);
});

it('stores an insert once if its answer is lost after the server has stored it', async () => {
  const table = await aTable();
  proxy.cutAnswerAfterRequests(0);
  await engine.insert({ table, token: 'lost', rows });
  expect(await countRows(engine, table)).toBe(2);
});

it('reports a retryable fault for a stored insert whose answer is lost, if it has no attempts left', async () => {
  const table = await aTable();
  const withoutRetries = await connected({ insertRetry: { firstDelay: 0, maxDelay: 0, attempts: 1 } });
  await withoutRetries.encoder(table);
  proxy.cutAnswerAfterRequests(0);
  await expect(withoutRetries.insert({ table, token: 'lost', rows })).rejects.toMatchObject(unreachable);
  expect(await countRows(engine, table)).toBe(2);
  await withoutRetries.insert({ table, token: 'lost', rows });
  expect(await countRows(engine, table)).toBe(2);
});

it('retries an insert whose answer is truncated in its header', async () => {
  const table = await aTable();
  proxy.cutAnswerAfterRequests(0, 20);
  await engine.insert({ table, token: 'head', rows });
  expect(await countRows(engine, table)).toBe(2);
});

it.each([true, false])(
  'stores a block once whose body was cut in the middle (compressed: %s)',
  async (compress) => {
    const table = await aTable();
    const writer = await connected({ compress });
    await writer.encoder(table);
    proxy.dropAfter(100_000);
    await writer.insert({ table, token: 'body', rows: many });
    expect(await countRows(engine, table)).toBe(many.length);
  },
);

it('continues inserting after the server was killed and restarted behind a kept connection', async () => {
  const table = await aTable();
  await engine.insert({ table, token: '1', rows });
  await clickhouse.restart();
  await engine.insert({ table, token: '2', rows });
  await engine.insert({ table, token: '1', rows });
  expect(await countRows(engine, table)).toBe(4);
});

it('continues reading and inserting if all kept connections are broken', async () => {
  const table = await aTable();
  const ask = () =>
    Promise.all([1, 2, 3, 4, 5, 6].map((n) => queryRows(engine, 'SELECT {n:UInt8} AS n', { n })));
  const insert = (token: string) => engine.insert({ table, token, rows });
  await Promise.all([ask(), insert('1'), insert('2'), insert('3')]);
  expect(proxy.connections()).toBeGreaterThan(6);
  proxy.strand();
  expect(await queryRows(engine, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await insert('4');
  expect(await countRows(engine, table)).toBe(8);
});

it('continues reading and inserting after the server has closed all kept connections', async () => {
  const table = await aTable();
  proxy.halfClose();
  expect(await queryRows(engine, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  proxy.halfClose();
  await engine.insert({ table, token: '1', rows });
  expect(await countRows(engine, table)).toBe(2);
});

it('never accepts a truncated answer', async () => {
  const sql = "SELECT number, repeat('x', 100) AS text FROM numbers(20000)";
  for (const bytes of [0, 200, 1000, 4000]) {
    proxy.cutAnswerAfterRequests(0, bytes);
    expect(await queryRows(engine, sql)).toHaveLength(20_000);
  }
});

it('fails within its timeout if a server does not answer, and continues afterwards', async () => {
  const table = await aTable();
  const withTimeouts = await connected({
    queryMillis: 1000,
    insertMillis: 1500,
    insertRetry: { firstDelay: 1, maxDelay: 1, attempts: 2 },
  });
  await withTimeouts.encoder(table);
  proxy.blackhole(true);
  await expect(queryRows(withTimeouts, 'SELECT 1 AS a')).rejects.toMatchObject(unreachable);
  await expect(withTimeouts.insert({ table, token: 'held', rows })).rejects.toMatchObject(unreachable);
  proxy.blackhole(false);
  await engine.insert({ table, token: 'held', rows });
  expect(await countRows(engine, table)).toBe(2);
});

it('waits for a slow network', async () => {
  const table = await aTable();
  proxy.delay(100);
  await engine.insert({ table, token: 'slow', rows });
  expect(await countRows(engine, table)).toBe(2);
});

it('reports a refused connection, an unknown host and a closed connection as retryable', async () => {
  await proxy.refuse(true);
  proxy.reset();
  await expect(connected({})).rejects.toMatchObject(unreachable);
  await expect(queryRows(engine, 'SELECT 1')).rejects.toMatchObject(unreachable);
  await expect(engine.command('SELECT 1')).rejects.toMatchObject(unreachable);
  await expect(connected({ url: 'http://nowhere.invalid:8123' })).rejects.toMatchObject(unreachable);
  await proxy.refuse(false);
  expect(await queryRows(engine, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
});

it('survives an outage that is longer than its retries', async () => {
  const table = await aTable();
  await clickhouse.kill();
  for (const token of ['1', '2']) {
    await expect(engine.insert({ table, token, rows })).rejects.toMatchObject(unreachable);
  }
  await clickhouse.restart();
  for (const token of ['1', '2']) await engine.insert({ table, token, rows });
  expect(await countRows(engine, table)).toBe(4);
});

/*
 * ClickHouse notes the token of a block before the block is in place: killed in between, it takes the repetition for known, and
 * the block is missing. Whoever repeats an insert has to look at what the table has.
 */
it('counts a block at most once, in its table and its view, if the server is killed while it stores it', async () => {
  const table = await aTable();
  const window = 'ORDER BY tuple() SETTINGS non_replicated_deduplication_window = 100';
  await engine.command(`CREATE TABLE ${table}_sum (n UInt64) ENGINE = SummingMergeTree ${window}`);
  await engine.command(
    `CREATE MATERIALIZED VIEW ${table}_mv TO ${table}_sum AS SELECT count() AS n FROM ${table}`,
  );
  const retrying = await connected({ insertRetry: { firstDelay: 500, maxDelay: 8000, attempts: 6 } });
  await retrying.encoder(table);
  for (const [token, millis] of [5, 30, 60].entries()) {
    const insert = retrying.insert({ table, token: String(token), rows: many });
    await new Promise((resolve) => setTimeout(resolve, millis));
    await clickhouse.restart();
    await insert;
    const [view] = await queryRows(engine, `SELECT sum(n) AS n FROM ${table}_sum`);
    for (const rows of [await countRows(engine, table), Number(view?.['n'])]) {
      expect(rows % many.length).toBe(0);
      expect(rows).toBeLessThanOrEqual(many.length * (token + 1));
    }
  }
  expect(await countRows(engine, table)).toBeGreaterThan(0);
});

it('reports refused credentials, and does not retry them', async () => {
  const config = { username: 'writer', password: 'wrong' };
  const refused = { code: 'credentials_refused', retryable: false, message: expect.stringContaining('516') };
  await expect(connected(config)).rejects.toMatchObject(refused);
  expect((await connected({ ...config, password: 'right' })).version).toBe(engine.version);
});

it('keeps the number of connections small with many queries', async () => {
  const few = await connected({ readers: 2 });
  await Promise.all(Array.from({ length: 30 }, (_, n) => queryRows(few, 'SELECT {n:UInt8} AS n', { n })));
  // Two for reads, one that read the version, and one of the other engine.
  expect(proxy.connections()).toBeLessThanOrEqual(4);
});

it('closes idle connections before the server does, and then opens new ones', async () => {
  const idle = await connected({ idleMillis: 50 });
  const before = proxy.connections();
  await queryRows(idle, 'SELECT 1');
  await expect.poll(() => proxy.connections()).toBeLessThan(before);
  expect(await queryRows(idle, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
});

const page = (status: number) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(`<html>${'x'.repeat(5000)}</html>`);
};

it.each([
  ['502', page(502), unreachable],
  ['503', page(503), unreachable],
  ['404', page(404), { code: 'not_clickhouse', retryable: false }],
  ['401', page(401), { code: 'not_clickhouse', retryable: false }],
])('distinguishes a proxy that answers %s from a server', async (_, answer, fault) => {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const short = expect.stringMatching(/^.{1,500}$/s) as string;
  const connecting = connected({ url: `http://127.0.0.1:${port}` });
  await expect(connecting).rejects.toMatchObject({ ...fault, message: short });
  server.close();
});
