import { request } from 'node:http';
import { ANSWERING_LIMITS } from '@tributary/capture';
import { currentSignal, untilAborted } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fact, startGraphqlServer } from '../graphql-server.fixture.ts';
import type { GraphqlServer } from '../graphql-server.fixture.ts';

const LONG = 600_000;
const answering = { ...ANSWERING_LIMITS, questions: 100, timeout: LONG };

let server: GraphqlServer;
/** Lets the queries of scores go on; they stand until it is called. */
let release: () => void;
let released: Promise<void>;
let reading = 0;
let most = 0;

/** The reader of the engine, whose lists of scores stand until they are released. */
const held = (reader: SqlReader): SqlReader => ({
  async all(query, params) {
    if (query.name !== 'scores') return reader.all(query, params);
    reading += 1;
    most = Math.max(most, reading);
    try {
      await untilAborted(released, currentSignal());
      return await reader.all(query, params);
    } finally {
      reading -= 1;
    }
  },
});

beforeAll(async () => {
  server = await startGraphqlServer({ reader: held, answering });
  await server.record(fact('training.run.ended', { runId: 'r', attempt: 1, status: 'completed' }));
  await server.caughtUp();
});
beforeEach(() => {
  released = new Promise((resolve) => (release = resolve));
  most = 0;
});
afterAll(() => server.remove());

const FIELDS = 'run step capability benchmark metric value stderr unit higherIsBetter harness method';
const LARGE = `{ scores(run: "r", first: 10000) { nodes { ${FIELDS} } } }`;
const SMALL = `{ scores(run: "r", first: 10) { nodes { ${FIELDS} } } }`;

/** A client that asks and leaves. */
function leaving(query: string): { leave: () => void } {
  const headers = { 'content-type': 'application/json' };
  const client = request(`${server.url}/graphql`, { method: 'POST', headers });
  client.on('error', () => undefined);
  client.end(JSON.stringify({ query }));
  return { leave: () => client.destroy() };
}

it('makes four large answers at once and each other one after them, while small ones do not wait', async () => {
  const large = Array.from({ length: 20 }, () => server.reply(LARGE));
  await expect.poll(() => reading).toBe(4);
  const small = Array.from({ length: 20 }, () => server.reply(SMALL));
  await expect.poll(() => reading).toBe(24);
  release();
  for (const { body } of await Promise.all([...large, ...small])) expect(body.errors).toBeUndefined();
  expect(most).toBe(24);
});

it('gives the slot of a client that leaves to the next one, whether it waited or was being answered', async () => {
  const clients = Array.from({ length: 12 }, () => leaving(LARGE));
  await expect.poll(() => reading).toBe(4);
  for (const { leave } of clients) leave();
  release();
  await expect.poll(() => reading).toBe(0);
  const { body } = await server.reply(LARGE);
  expect(body.errors).toBeUndefined();
  const again = Array.from({ length: 8 }, () => server.reply(LARGE));
  for (const reply of await Promise.all(again)) expect(reply.body.errors).toBeUndefined();
});

it('gives a slot back where the question fails', async () => {
  release();
  const failing = LARGE.replace('"r"', '"nobody recorded it"');
  for (let asked = 0; asked < 6; asked += 1) expect((await server.reply(failing)).body.errors).toBeDefined();
  expect((await server.reply(LARGE)).body.errors).toBeUndefined();
});

it('answers 503 where the time of a request passes while it waits for a slot', async () => {
  answering.timeout = 1_000;
  const replies = await Promise.all(Array.from({ length: 8 }, () => server.reply(LARGE)));
  answering.timeout = LONG;
  for (const { status, body } of replies) {
    expect(status).toBe(503);
    expect(body.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['question_overdue']);
  }
  release();
  expect((await server.reply(LARGE)).status).toBe(200);
});
