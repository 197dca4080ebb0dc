import { once } from 'node:events';
import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startClickHouse, type ClickHouse } from './start-clickhouse.ts';

let clickhouse: ClickHouse;

beforeAll(async () => {
  const users = { default: '', reader: 'secret' };
  clickhouse = await startClickHouse({ users, keepAliveMillis: 1000, maxBodyBytes: 1_000_000 });
  await ask('CREATE DATABASE IF NOT EXISTS tributary ENGINE = Atomic');
});
afterAll(() => clickhouse.stop());

type Reply = { readonly status: number; readonly headers: Headers; readonly text: string };

/** The query is in the body, or in the URL with rows in the body. */
async function ask(
  sql: string,
  more: {
    search?: Record<string, string>;
    body?: string | Uint8Array<ArrayBuffer>;
    headers?: Record<string, string>;
  } = {},
): Promise<Reply> {
  const search = new URLSearchParams({ ...(more.body !== undefined && { query: sql }), ...more.search });
  const response = await fetch(`${clickhouse.url}/?${search.toString()}`, {
    method: 'POST',
    body: more.body ?? sql,
    headers: more.headers ?? {},
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const answered = async (...request: Parameters<typeof ask>) => (await ask(...request)).text;

let tables = 0;
async function aTable(columns: string): Promise<string> {
  tables += 1;
  const name = `tributary.t${tables}`;
  const window = 'SETTINGS non_replicated_deduplication_window = 100';
  const made = await ask(`CREATE TABLE ${name} (${columns}) ENGINE = MergeTree ORDER BY tuple() ${window}`);
  expect(made).toMatchObject({ status: 200, text: '' });
  return name;
}

it('answers a ping', async () => {
  const response = await fetch(`${clickhouse.url}/ping`);
  expect([response.status, await response.text()]).toEqual([200, 'Ok.\n']);
});

it('answers in the format of the statement, or else in that of the request', async () => {
  const inText = await ask('SELECT 1 AS a FORMAT JSONEachRow');
  expect(inText.text).toBe('{"a":1}\n');
  expect(inText.headers.get('x-clickhouse-format')).toBe('JSONEachRow');
  expect(await answered('SELECT 1 AS a', { search: { default_format: 'CSVWithNames' } })).toBe('"a"\n1\n');
  expect(await answered('-- Which?\nSELECT 1 AS a -- this one')).toBe('1\n');
});

it('returns the query id of the client or a new one, and a summary of the rows read', async () => {
  const given = await ask('SELECT 1', { search: { query_id: 'mine' } });
  expect(given.headers.get('x-clickhouse-query-id')).toBe('mine');
  const { headers } = await ask('SELECT * FROM numbers(7)');
  expect(headers.get('x-clickhouse-query-id')).toMatch(/^[\w-]{36}$/);
  expect(JSON.parse(headers.get('x-clickhouse-summary') ?? '{}')).toMatchObject({ read_rows: '7' });
});

it('applies settings to one statement and to no later one', async () => {
  const sql = "SELECT getSetting('max_result_rows'), getSetting('log_comment') SETTINGS max_threads = 1";
  const search = { max_result_rows: '77', log_comment: "it's\n" };
  expect(await answered(sql, { search })).toBe("77\tit\\'s\\n\n");
  const later = await Promise.all(Array.from({ length: 16 }, () => answered(sql)));
  expect(new Set(later)).toEqual(new Set(['0\t\n']));
});

it('reads parameters in the escaped format of the server, and refuses a statement with a missing one', async () => {
  const sql =
    'SELECT {s:String}, {a:Array(String)}, {m:Map(String, Float64)}, {n:Nullable(String)}, {u:UInt64}';
  const search = {
    param_s: "it\\'s\\n{a:String}",
    param_a: "['x','it\\'s']",
    param_m: "{'k':nan}",
    param_n: '\\N',
    param_u: '18446744073709551615',
  };
  expect(await answered(sql, { search })).toBe(
    "it\\'s\\n{a:String}\t['x','it\\'s']\t{'k':nan}\t\\N\t18446744073709551615\n",
  );
  expect(await ask('SELECT {s:String}')).toMatchObject({
    status: 500,
    text: expect.stringContaining('Code: 456'),
  });
});

it('reads parameters from a form', async () => {
  const form = new FormData();
  form.set('query', 'SELECT length({long:Array(UInt32)})');
  form.set('param_long', `[${Array.from({ length: 20_000 }, (_, index) => index).join(',')}]`);
  const response = await fetch(clickhouse.url, { method: 'POST', body: form });
  expect(await response.text()).toBe('20000\n');
});

it.each([
  ['JSONEachRow', '{"a":1,"b":"x\\n\\nDROP"}\n\n{"a":2,"b":""}\n'],
  ['CSV', '1,"x\n\nDROP"\n2,""\n'],
  ['Values', "(1, 'x\n\nDROP'), (2, '')"],
])('stores rows of %s as they are, blank lines too', async (format, body) => {
  const table = await aTable('a UInt8, b String');
  const done = await ask(`INSERT INTO ${table} (a, b) FORMAT ${format}`, { body });
  expect(done).toMatchObject({ status: 200, text: '' });
  expect(await answered(`SELECT * FROM ${table} ORDER BY a`)).toBe('1\tx\\n\\nDROP\n2\t\n');
});

it('stores rows that are part of the statement, and rows of a query', async () => {
  const table = await aTable('a UInt8, b String');
  await ask(`INSERT INTO ${table} VALUES (1, 'x; FORMAT\n\nDROP')`);
  await ask(`INSERT INTO ${table} (a) SELECT 2`, { search: { max_threads: '1' } });
  expect(await answered(`SELECT * FROM ${table} ORDER BY a`)).toBe('1\tx; FORMAT\\n\\nDROP\n2\t\n');
});

it('drops rows that are repeated with the same token, and no others', async () => {
  const table = await aTable('a UInt8');
  const insert = (token: string) =>
    ask(`INSERT INTO ${table} SETTINGS insert_deduplication_token='${token} FORMAT CSV' FORMAT CSV`, {
      body: '1\n',
    });
  for (const token of ['one', 'one', 'two']) expect((await insert(token)).status).toBe(200);
  expect(await answered(`SELECT count() FROM ${table}`)).toBe('2\n');
});

it('decompresses bodies, and compresses answers if the client asks for it', async () => {
  const table = await aTable('a UInt32');
  const body = new Uint8Array(gzipSync('1\n2\n'));
  await ask(`INSERT INTO ${table} FORMAT CSV`, { body, headers: { 'content-encoding': 'gzip' } });
  const url = `${clickhouse.url}/?query=SELECT+sum(a)+FROM+${table}&enable_http_compression=1`;
  const { request } = await import('node:http');
  const asking = request(url, { headers: { 'accept-encoding': 'gzip' } }).end();
  const [response] = await once(asking, 'response');
  expect(response.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(Buffer.concat(await response.toArray())).toString()).toBe('3\n');
  const broken = await ask(`INSERT INTO ${table} FORMAT CSV`, {
    body: 'no',
    headers: { 'content-encoding': 'gzip' },
  });
  expect(broken.text).toContain('Code: 354');
});

it.each([
  ['a missing table', 'SELECT * FROM tributary.absent', 404, 60],
  ['invalid SQL', 'SELEC 1', 400, 62],
  ['a statement that is too long', `SELECT '${'x'.repeat(270_000)}'`, 400, 62],
  ['two statements', 'SELECT 1; SELECT 2', 400, 62],
  ['an unknown setting', 'SELECT 1 SETTINGS nothing = 1', 404, 115],
  ['a statement that would change the session', 'SET max_threads = 1', 501, 48],
  [
    'a query that runs too long',
    'SELECT count() FROM numbers(1e12) SETTINGS max_execution_time = 0.3',
    408,
    159,
  ],
])('refuses %s with its code and status', async (_, sql, status, code) => {
  const refused = await ask(sql);
  expect(refused.status).toBe(status);
  expect(refused.headers.get('x-clickhouse-exception-code')).toBe(String(code));
  expect(refused.text).toMatch(
    new RegExp(`^Code: ${code}\\. DB::Exception: .+\\(\\w+\\) \\(version [\\d.]+`, 's'),
  );
});

it('drops the partial output of a failed query', async () => {
  const failing = 'SELECT number, throwIf(number = 300000) FROM numbers(1000000)';
  const failed = await Promise.all(Array.from({ length: 16 }, () => ask(failing)));
  expect(new Set(failed.map(({ status }) => status))).toEqual(new Set([500]));
  const next = await Promise.all(Array.from({ length: 16 }, () => answered('SELECT 1')));
  expect(new Set(next)).toEqual(new Set(['1\n']));
});

it('changes nothing by GET', async () => {
  const table = await aTable('a UInt8');
  for (const sql of [`INSERT INTO ${table} VALUES (1)`, `DROP TABLE ${table}`]) {
    const response = await fetch(`${clickhouse.url}/?query=${encodeURIComponent(sql)}`);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('164');
  }
  expect(await answered(`SELECT count() FROM ${table}`)).toBe('0\n');
});

it.each([
  ['session_id', 'a'],
  ['role', 'a'],
  ['database', 'tributary'],
])('says that it does not serve %s', async (name, value) => {
  expect(await ask('SELECT 1', { search: { [name]: value } })).toMatchObject({
    status: 501,
    text: expect.stringContaining(name),
  });
});

it('authenticates users by Basic authentication, headers and URL', async () => {
  const basic = (word: string) => ({
    authorization: `Basic ${Buffer.from(`reader:${word}`).toString('base64')}`,
  });
  const named = (word: string) => ({ 'x-clickhouse-user': 'reader', 'x-clickhouse-key': word });
  for (const headers of [basic, named]) {
    expect(await ask('SELECT 1', { headers: headers('secret') })).toMatchObject({ status: 200, text: '1\n' });
    const refused = await ask('SELECT 1', { headers: headers('wrong') });
    expect(refused).toMatchObject({
      status: 403,
      text: expect.stringMatching(/^Code: 516\..+reader: Auth/s),
    });
  }
  expect(await ask('SELECT 1', { search: { user: 'nobody' } })).toMatchObject({ status: 403 });
});

it('refuses a body above the size limit, compressed or not', async () => {
  const table = await aTable('a String');
  const large = 'x'.repeat(1_000_001);
  const sql = `INSERT INTO ${table} FORMAT CSV`;
  expect(await ask(sql, { body: large })).toMatchObject({ status: 413 });
  const packed = { body: new Uint8Array(gzipSync(large)), headers: { 'content-encoding': 'gzip' } };
  expect(await ask(sql, packed)).toMatchObject({ status: 413 });
  expect(await answered(`SELECT count() FROM ${table}`)).toBe('0\n');
});

it('states how long it keeps an idle connection, and closes it then', async () => {
  const socket = connect(clickhouse.port, '127.0.0.1');
  socket.write('GET /ping HTTP/1.1\r\nHost: clickhouse\r\nConnection: keep-alive\r\n\r\n');
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/Keep-Alive: timeout=1\b/i);
  await once(socket, 'end');
  socket.destroy();
});

it('stores nothing of a truncated body', async () => {
  const table = await aTable('a UInt8');
  const socket = connect(clickhouse.port, '127.0.0.1');
  const target = `/?query=${encodeURIComponent(`INSERT INTO ${table} FORMAT CSV`)}`;
  socket.write(`POST ${target} HTTP/1.1\r\nHost: clickhouse\r\nContent-Length: 100\r\n\r\n1\n2\n`);
  await new Promise((resolve) => setImmediate(resolve));
  socket.resetAndDestroy();
  await ask('SELECT 1');
  expect(await answered(`SELECT count() FROM ${table}`)).toBe('0\n');
});
