import { request } from 'node:http';
import { ANSWERING_LIMITS } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import type { Query, SqlReader } from '@tributary/kernel';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

let server: GraphqlServer;
let real: SqlReader;
const endings: string[] = [];
/** Names of the queries that the resolvers have asked for, and of those that were answered. */
const asked: string[] = [];
const answered: string[] = [];
/** The queries that never end: all, those of a name, or none. */
let slow: 'all' | 'arms' | 'none' = 'none';
/** What the queries fail with, where they do. */
let fault: Fault | undefined;
const answering = {
  ...ANSWERING_LIMITS,
  questions: 10,
  timeout: 600_000,
  attributions: 1,
  attributionsWaiting: 0,
};

const shapes = { params: { parse: Object }, row: { parse: Object } };
const untyped = (name: string, sql: string): Query<Record<string, unknown>, Record<string, unknown>> => ({
  name,
  sql,
  ...shapes,
});
/** Runs until somebody ends it. */
const forever = untyped(
  'forever',
  'SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))',
);
const processes = untyped(
  'processes',
  "SELECT count() AS running FROM system.processes WHERE query LIKE '/* forever %'",
);

/** The reader of the engine, whose queries never end while a test says so. */
const slowed = (reader: SqlReader): SqlReader => {
  real = reader;
  return {
    async all(query, params) {
      asked.push(query.name);
      if (fault) throw fault;
      if (slow === 'all' || slow === query.name) await reader.all(forever, {});
      const rows = await reader.all(query, params);
      answered.push(query.name);
      return rows;
    },
  };
};

const running = async (): Promise<number> => Number((await real.all(processes, {}))[0]?.['running']);

beforeAll(async () => {
  server = await startGraphqlServer({
    reader: slowed,
    answering,
    ended: (ending) => endings.push(ending),
  });
});
beforeEach(() => {
  fault = undefined;
  slow = 'all';
  for (const seen of [endings, asked, answered]) seen.length = 0;
});
afterAll(() => server.remove());

const QUESTION = '{ runs { totalCount } shards { totalCount } }';

it('ends the queries of a request whose client has left, and begins no others', async () => {
  const body = JSON.stringify({ query: '{ runs { totalCount } }' });
  const headers = { 'content-type': 'application/json' };
  const client = request(`${server.url}/graphql`, { method: 'POST', headers });
  client.on('error', () => undefined);
  client.end(body);
  await expect.poll(running).toBeGreaterThan(0);
  const begun = asked.length;
  client.destroy();
  await expect.poll(running).toBe(0);
  expect(endings).toEqual(['client_left']);
  slow = 'none';
  expect(await server.ask(QUESTION)).toEqual({ runs: { totalCount: 0 }, shards: { totalCount: 0 } });
  expect(answered).toHaveLength(asked.length - begun);
});

const attribution = '{ attribution(experiment: "x", displacement: "proportional") { __typename } }';

it('answers 503 where as many questions are estimated as may be, and answers when one has left', async () => {
  const leaving = new AbortController();
  const send = (signal?: AbortSignal) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: attribution }),
      ...(signal && { signal }),
    });
  slow = 'arms';
  const first = send(leaving.signal).catch(() => undefined);
  await expect.poll(running).toBe(1);
  const refused = await send();
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5']);
  expect(await refused.json()).toMatchObject({
    errors: [
      {
        message: expect.stringMatching(/estimates 1 questions at once.*TRIBUTARY_ATTRIBUTIONS/),
        extensions: { code: 'busy' },
      },
    ],
  });
  leaving.abort();
  await first;
  await expect.poll(running).toBe(0);
  slow = 'none';
  const answer = await send();
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ data: { attribution: { __typename: 'AttributionRefused' } } });
});

it.each(['query_overdue', 'estimate_overdue', 'question_overdue', 'engine_busy'])(
  'answers 503 and when to ask again where nothing was answered because of %s',
  async (code) => {
    fault = new Fault(code, 'too late', { retryable: true });
    const { status, headers } = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUESTION }),
    });
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
  },
);

it('ends them when the time of the request has passed, and says so for each question', async () => {
  answering.timeout = 500;
  const { body } = await server.reply(QUESTION);
  expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual([
    'question_overdue',
    'question_overdue',
  ]);
  expect(body.errors?.[0]?.message).toContain('set TRIBUTARY_QUESTION_TIMEOUT_MS of the server');
  await expect.poll(running).toBe(0);
  expect(endings).toEqual(['overdue']);
  expect(answered).toEqual([]);
});
