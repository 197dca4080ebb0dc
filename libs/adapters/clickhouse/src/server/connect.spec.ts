import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Fault, underSignal } from '@tributary/kernel';
import { z } from 'zod';
import { connectServer, type Engine } from '../index.ts';

type Recorded = { query: string; search: URLSearchParams; body: Buffer };

/** Answers like a server, and records the requests. */
const recorded: Recorded[] = [];
let answer: (request: Recorded, response: ServerResponse) => void;
const server = createServer((request, response) => void receive(request, response));
let engine: Engine;

async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
  const search = new URL(request.url ?? '', 'http://local').searchParams;
  const entry = { query: search.get('query') ?? body.toString(), search, body };
  if (entry.query.includes('version()'))
    return void response.end(lines(['version'], ['String'], ['26.7.2.1']));
  recorded.push(entry);
  if (entry.query.includes('system.columns')) {
    const row = (name: string, type: string) => [name, type, ''];
    return void response.end(
      lines(
        ['name', 'type', 'default_kind'],
        ['String', 'String', 'String'],
        row('a', 'UInt8'),
        row('b', 'String'),
      ),
    );
  }
  answer(entry, response);
}

const lines = (...rows: unknown[][]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const refuse = (response: ServerResponse, code: number, name: string) => {
  response.writeHead(500, { 'X-ClickHouse-Exception-Code': String(code) });
  response.end(`Code: ${code}. DB::Exception: refused. (${name}) (version 26.7.2.1)`);
};

beforeEach(async () => {
  recorded.length = 0;
  answer = (_, response) => response.end();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  engine = await connectServer({
    url: `http://127.0.0.1:${port}`,
    insertRetry: { firstDelay: 1, maxDelay: 1, attempts: 3 },
  });
});
afterEach(async () => {
  await engine.close();
  await new Promise((resolve) => server.close(resolve));
});

const batch = {
  table: 'tributary.sample',
  token: "it's:1:0-2",
  rows: [
    { a: 1, b: 'x\n\nDROP' },
    { a: 2, b: '' },
  ],
} as const;
const one = { name: 'one', sql: 'SELECT 1 AS n', params: z.object({}), row: z.object({ n: z.number() }) };
const inserts = () => recorded.filter(({ query }) => query.startsWith('INSERT'));

it('reads the version of the server', () => {
  expect(engine.version).toBe('26.7.2.1');
});

it('sends the block as the body and the statement with its token in the URL', async () => {
  await engine.insert(batch);
  const block = (await engine.encoder('tributary.sample')).rows(batch.rows);
  const [sent] = inserts();
  expect(sent?.query).toBe(
    "INSERT INTO tributary.`sample` (`a`, `b`) SETTINGS insert_deduplication_token='it\\'s:1:0-2', async_insert=0 FORMAT Native",
  );
  expect(sent?.body.equals(block.bytes)).toBe(true);
  expect(sent?.search.get('wait_end_of_query')).toBe('1');
  expect(sent?.search.get('deduplicate_blocks_in_dependent_materialized_views')).toBe('1');
});

it('reads the columns of a table once, and again after a command', async () => {
  const described = () => recorded.filter(({ query }) => query.includes('system.columns')).length;
  await engine.insert(batch);
  await engine.insert({ ...batch, token: 'next' });
  expect(described()).toBe(1);
  await engine.command('CREATE TABLE x');
  await engine.insert({ ...batch, token: 'after' });
  expect(described()).toBe(2);
});

it('repeats an insert whose answer was lost, with the same token and bytes', async () => {
  let attempts = 0;
  answer = (_, response) => {
    attempts += 1;
    if (attempts === 1) response.destroy();
    else if (attempts === 2) refuse(response, 241, 'MEMORY_LIMIT_EXCEEDED');
    else response.end();
  };
  await engine.insert(batch);
  const [first, second, third] = inserts();
  expect(inserts()).toHaveLength(3);
  expect([second, third].map((sent) => sent?.query)).toEqual([first?.query, first?.query]);
  expect(third?.body).toEqual(first?.body);
});

it('gives up after its last attempt with a retryable fault', async () => {
  answer = (_, response) => response.destroy();
  await expect(engine.insert(batch)).rejects.toMatchObject({ code: 'engine_unreachable', retryable: true });
  expect(inserts()).toHaveLength(3);
});

it('does not repeat an insert that the server refuses permanently', async () => {
  answer = (_, response) => refuse(response, 53, 'TYPE_MISMATCH');
  await expect(engine.insert(batch)).rejects.toMatchObject({ code: 'engine_refused', retryable: false });
  expect(inserts()).toHaveLength(1);
});

it.each([1, 2])(
  'throws on what the check of the lease throws, also where it is retryable: check %i',
  async (refused) => {
    answer = (_, response) => response.destroy();
    let checks = 0;
    const check = (): void => {
      checks += 1;
      if (checks === refused) throw new Fault('insert_late', 'too late', { retryable: true });
    };
    const lease = { lost: new AbortController().signal, check };
    await expect(engine.insert({ ...batch, lease })).rejects.toMatchObject({ code: 'insert_late' });
    expect([checks, inserts().length]).toEqual([refused, refused - 1]);
  },
);

it('asks whether the lease is held before each repetition, and makes none without an answer', async () => {
  answer = (_, response) => response.destroy();
  let asked = 0;
  const confirm = async (): Promise<void> => {
    asked += 1;
    if (asked === 2) throw new Fault('broker_unreachable', 'no answer', { retryable: true });
  };
  const lease = { lost: new AbortController().signal, check: () => undefined, confirm };
  await expect(engine.insert({ ...batch, lease })).rejects.toMatchObject({ code: 'broker_unreachable' });
  expect([asked, inserts().length]).toEqual([2, 2]);
});

it.each([
  ['a query', () => engine.reader.all(one, {})],
  ['an insert', () => engine.insert(batch)],
  ['a command', () => engine.command('TRUNCATE TABLE tributary.sample')],
])('leaves it to no profile whether %s may end early without an error', async (_what, ask) => {
  answer = ({ query }, response) =>
    response.end(query.startsWith('SELECT') ? lines(['n'], ['UInt8'], [1]) : '');
  await ask();
  const sent = recorded.filter(({ query }) => !query.includes('system.columns'));
  expect(sent).toHaveLength(1);
  const settings = Object.fromEntries(sent[0]?.search ?? []);
  expect(settings).toMatchObject({
    insert_deduplicate: '1',
    deduplicate_blocks_in_dependent_materialized_views: '1',
    materialized_views_ignore_errors: '0',
    skip_unavailable_shards: '0',
    limit: '0',
    offset: '0',
    timeout_overflow_mode: 'throw',
    read_overflow_mode: 'throw',
    group_by_overflow_mode: 'throw',
    result_overflow_mode: 'throw',
  });
});

it('sends parameters separately from the query, and reads rows by name', async () => {
  const sql = '-- Which?\nSELECT n, x FROM tributary.sample WHERE b = {b:String} AND a IN {a:Array(UInt8)}';
  answer = (_, response) =>
    response.end(lines(['n', 'x'], ['UInt64', 'Float64'], ['18446744073709551615', 'inf'], ['1', 0.5]));
  const shape = {
    params: z.object({ b: z.string(), a: z.array(z.int()) }),
    row: z.object({ n: z.string(), x: z.any() }),
  };
  expect(await engine.reader.all({ name: 'sample', sql, ...shape }, { b: "it's\n", a: [1, 2] })).toEqual([
    { n: '18446744073709551615', x: Infinity },
    { n: '1', x: 0.5 },
  ]);
  const [sent] = recorded;
  expect(sent?.query).toContain(sql);
  expect(sent?.search.get('param_b')).toBe("it\\'s\\n");
  expect(sent?.search.get('param_a')).toBe('[1,2]');
  expect(sent?.search.get('output_format_json_quote_64bit_integers')).toBe('1');
  expect(sent?.search.get('log_comment')).toBe('sample');
});

it('names the limit that a query met which the server stopped for its time', async () => {
  answer = (_, response) => refuse(response, 159, 'TIMEOUT_EXCEEDED');
  const query = { name: 'late', sql: 'SELECT 1 AS n', params: z.object({}), row: z.object({}) };
  await expect(engine.reader.all(query, {})).rejects.toMatchObject({
    code: 'query_overdue',
    retryable: true,
    met: { limit: 'queryTimeout', value: 30_000, key: 'TRIBUTARY_QUERY_TIMEOUT_MS' },
  });
});

it('names the query whose rows have an unexpected shape', async () => {
  answer = (_, response) => response.end(lines(['n'], ['String'], ['x']));
  const odd = { name: 'odd', sql: 'SELECT 1', params: z.object({}), row: z.object({ n: z.number() }) };
  await expect(engine.reader.all(odd, {})).rejects.toMatchObject({
    code: 'unexpected_row',
    message: expect.stringContaining('query odd') as string,
  });
});

const OVERDUE = { code: 'engine_busy', retryable: true };

it('lets no query wait beyond its limit for a connection, and goes on when a connection is free again', async () => {
  const held: ServerResponse[] = [];
  const end = (response?: ServerResponse) => response?.end(lines(['n'], ['UInt8'], [1]));
  answer = (_, response) => void held.push(response);
  const { port } = server.address() as AddressInfo;
  const few = await connectServer({ url: `http://127.0.0.1:${port}`, readers: 2, waitMillis: 100 });
  const hanging = [few.reader.all(one, {}), few.reader.all(one, {})];
  await expect.poll(() => held.length).toBe(2);
  await expect(few.reader.all(one, {})).rejects.toMatchObject(OVERDUE);
  expect(recorded).toHaveLength(2);
  held.splice(0).forEach(end);
  expect(await Promise.all(hanging)).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  answer = (_, response) => end(response);
  for (let query = 0; query < 5; query += 1) expect(await few.reader.all(one, {})).toEqual([{ n: 1 }]);
  await few.close();
});

it('lets inserts wait for the ones before them as long as it takes', async () => {
  const held: ServerResponse[] = [];
  answer = (_, response) => void held.push(response);
  const { port } = server.address() as AddressInfo;
  const waiting = await connectServer({ url: `http://127.0.0.1:${port}`, waitMillis: 20 });
  await waiting.encoder(batch.table);
  const inserted = Array.from({ length: 6 }, (_, index) =>
    waiting.insert({ ...batch, token: String(index) }).then(() => index),
  );
  await expect.poll(() => held.length).toBe(4);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(held).toHaveLength(4);
  answer = (_, response) => response.end();
  for (const response of held) response.end();
  expect(await Promise.all(inserted)).toEqual([0, 1, 2, 3, 4, 5]);
  await waiting.close();
});

it('closes the connection of a query for which nobody waits any more, by which the server ends it, and begins no other', async () => {
  const LEFT = new Fault('client_left', 'nobody waits for it');
  let closed = 0;
  answer = (_, response) => void response.once('close', () => (closed += 1));
  const { port } = server.address() as AddressInfo;
  const few = await connectServer({ url: `http://127.0.0.1:${port}`, readers: 1 });
  const waiting = new AbortController();
  const asked = underSignal(waiting.signal, () => [few.reader.all(one, {}), few.reader.all(one, {})]);
  const outcomes = Promise.allSettled(asked);
  await expect.poll(() => recorded.length).toBe(1);
  waiting.abort(LEFT);
  expect(await outcomes).toEqual([
    { status: 'rejected', reason: LEFT },
    { status: 'rejected', reason: LEFT },
  ]);
  await expect.poll(() => closed).toBe(1);
  expect(recorded).toHaveLength(1);
  const settings = ['readonly', 'cancel_http_readonly_queries_on_client_close'];
  expect(settings.map((name) => recorded[0]?.search.get(name))).toEqual(['2', '1']);
  answer = (_, response) => response.end(lines(['n'], ['UInt8'], [1]));
  expect(await few.reader.all(one, {})).toEqual([{ n: 1 }]);
  await few.close();
});
