import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMIT_KEYS, REQUEST_LIMITS } from '@tributary/capture';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

/** Of an event. Bodies of other requests may have more, whatever this is: their protocols nest by themselves. */
const EVENT_LEVELS = 6;
const LEVELS = 128;
const MEMBERS = 20;

const directory = mkdtempSync(join(tmpdir(), 'json-limits-'));
let server: EmbeddedServer;
let runId = '';
beforeAll(async () => {
  const limits = { ...REQUEST_LIMITS, eventDepth: EVENT_LEVELS, eventKeys: MEMBERS };
  server = await startEmbedded({ host: '127.0.0.1', port: 0, directory, limits });
  const created = await send('/api/2.0/mlflow/runs/create', { experiment_id: '0' });
  runId = JSON.parse(await created.text()).run.info.run_id;
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

const send = (path: string, body: object) =>
  fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Arrays in each other. */
const nested = (levels: number): readonly unknown[] => (levels <= 1 ? [] : [nested(levels - 1)]);
const members = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));

const attributes = [{ key: 'nemo.run.id', value: { stringValue: 'r' } }];
const dataPoints = [{ timeUnixNano: '1764000000000000000', asDouble: 2.5 }];
const scopeMetrics = [{ metrics: [{ name: 'loss', gauge: { dataPoints } }] }];
const spans = [{ name: 'megatron.train_step', attributes: [] }];

/** Bodies that a route accepts, whatever else is in the member `x`, which it does not know. */
const ROUTES: readonly (readonly [string, (x: unknown) => object])[] = [
  ['/v1/metrics', (x) => ({ x, resourceMetrics: [{ resource: { attributes }, scopeMetrics }] })],
  ['/v1/traces', (x) => ({ x, resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] })],
  ['/v1/logs', (x) => ({ x, resourceLogs: [] })],
  ['/api/2.0/mlflow/runs/log-metric', (x) => ({ x, run_id: runId, key: 'm', value: 1, timestamp: 1 })],
  ['/api/2.0/mlflow/runs/log-batch', (x) => ({ x, run_id: runId })],
  ['/graphql', (x) => ({ query: '{ status { lag } }', variables: x })],
];

async function refusalsOf(limit: string): Promise<number> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  return Number(
    new RegExp(`^tributary_requests_refused_total\\{limit="${limit}"\\} (\\d+)$`, 'm').exec(text)?.[1],
  );
}

describe.each(ROUTES)('the JSON of a body of %s', (path, bodyWith) => {
  it('has an object of as many members as an event may, and is refused for good where it has one more', async () => {
    const before = await refusalsOf('eventKeys');
    const accepted = await send(path, bodyWith(members(MEMBERS)));
    expect([accepted.status, await accepted.text()]).toEqual([
      200,
      expect.not.stringContaining('TRIBUTARY_'),
    ]);
    const refused = await send(path, bodyWith(members(MEMBERS + 1)));
    const text = await refused.text();
    expect(refused.status).toBe(422);
    expect(text).toContain(LIMIT_KEYS.eventKeys);
    expect(text).toContain('more than 20 members');
    expect(refused.headers.has('retry-after')).toBe(false);
    await expect.poll(() => refusalsOf('eventKeys')).toBe(before + 1);
  });

  it('nests to as many levels as it may, and is refused for good where it nests deeper', async () => {
    const before = await refusalsOf('jsonDepth');
    const boxed = (x: readonly unknown[]): unknown => (path === '/graphql' ? { x: x[0] } : x);
    expect((await send(path, bodyWith(boxed(nested(LEVELS - 1))))).status).toBe(200);
    const refused = await send(path, bodyWith(boxed(nested(LEVELS))));
    const text = await refused.text();
    expect(refused.status).toBe(422);
    expect(text).toContain(`nested deeper than ${LEVELS} levels`);
    expect(text).toContain(LIMIT_KEYS.jsonDepth);
    expect(refused.headers.has('retry-after')).toBe(false);
    await expect.poll(() => refusalsOf('jsonDepth')).toBe(before + 1);
  });
});

it('of a question is refused in the form of GraphQL, with the limit among its extensions', async () => {
  const refused = await send('/graphql', { query: '{ status { lag } }', variables: members(MEMBERS + 1) });
  expect(await refused.json()).toMatchObject({
    errors: [
      {
        extensions: {
          code: 'too_many_keys',
          limit: 'eventKeys',
          value: MEMBERS,
          key: 'TRIBUTARY_EVENT_KEYS',
          retryable: false,
        },
      },
    ],
  });
});

it.each(['variables', 'extensions'])('of %s in the address of a question is bounded too', async (name) => {
  const asked = (value: object) => {
    const given = new URLSearchParams({ query: '{ status { lag } }', [name]: JSON.stringify(value) });
    return fetch(`${server.url}/graphql?${String(given)}`, {
      headers: { 'apollo-require-preflight': 'true' },
    });
  };
  expect((await asked({ x: nested(LEVELS - 1) })).status).toBe(200);
  const refused = await asked({ x: nested(LEVELS) });
  expect([refused.status, await refused.json()]).toMatchObject([
    422,
    { errors: [{ message: expect.stringContaining(`the parameter ${name} is nested`) }] },
  ]);
});

it('of an export is kept as a dead letter', async () => {
  const [first] = ROUTES;
  await send(first?.[0] ?? '', first?.[1](nested(LEVELS)) ?? {});
  const { data } = JSON.parse(
    await (
      await send('/graphql', { query: '{ deadLetters(code: "too_deep") { nodes { code endpoint } } }' })
    ).text(),
  );
  expect(data.deadLetters.nodes).toContainEqual({ code: 'too_deep', endpoint: 'POST /v1/metrics' });
});
