import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributor, openEstimators } from '@tributary/attribution-jobs';
import { serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { streamBodies } from '@tributary/intake';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedModule } from './embedded.module.ts';
import { openRuntime } from './runtime.ts';
import type { EmbeddedRuntime } from './runtime.ts';

type Route = { readonly method: string; readonly path: string };

const directory = mkdtempSync(join(tmpdir(), 'tributary-foreign-'));
const estimators = openEstimators({ millis: 60_000 });
const routes: Route[] = [];
let runtime: EmbeddedRuntime;
let serving: Serving;

beforeAll(async () => {
  runtime = await openRuntime(directory, 16);
  const module = EmbeddedModule.with(runtime, attributor(runtime.engine.reader, estimators), {});
  serving = await serve(
    module,
    { host: '127.0.0.1', port: 0 },
    {
      stream: (fastify) => {
        streamBodies(fastify);
        fastify.addHook('onRoute', ({ method, url }) => {
          const path = url.replaceAll(/:\w+|\*/g, '0f');
          for (const one of [method].flat()) routes.push({ method: one, path });
        });
      },
    },
  );
});
afterAll(async () => {
  await serving.stop();
  await estimators.close();
  await runtime.close();
  rmSync(directory, { recursive: true });
});

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const MUTATION = 'mutation { approveMixture(id: "m", approvedBy: "a page") { __typename } }';
/** What several routes would accept if they read it. */
const BODY = JSON.stringify({ name: 'forged', experiment_id: '0', query: MUTATION });

/** A file may be of any type; a page must ask before it sends a PUT, and its origin is refused (below). */
const takesAnyType = ({ method, path }: Route): boolean =>
  method === 'PUT' && path.includes('/mlflow-artifacts/artifacts/');

/** The bodies that the form and the script of any page may send to any server. */
const SIMPLE: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 'name=forged&experiment_id=0'],
  ['a form with files', { 'content-type': 'multipart/form-data; boundary=x' }, `--x\r\n\r\n${BODY}\r\n--x--`],
  ['a form of text', { 'content-type': 'text/plain' }, BODY],
  ['a script that names another type as well', { 'content-type': 'text/plain; application/json' }, BODY],
  ['a beacon', {}, BODY],
];

const send = (route: Route, headers: Readonly<Record<string, string>>, body?: string) =>
  fetch(serving.url + route.path, {
    method: route.method,
    headers,
    ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }),
  });

/** By any method: `fetch` sends no TRACE. */
async function statusOf({ method, path }: Route, headers: Readonly<Record<string, string>>, body: string) {
  const sent = request(serving.url + path, { method, headers }).end(body);
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

describe('the server beside a browser', () => {
  it('knows its routes', () => {
    const paths = routes.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        '/v1/events',
        '/api/v1/lineage/batch',
        '/v1/traces',
        '/graphql',
        '/v1/blobs/0f',
      ]),
    );
    expect(routes.filter(({ method }) => WRITES.has(method)).length).toBeGreaterThan(50);
  });

  it.each(SIMPLE)('refuses on every writing route the body of %s', async (_what, headers, body) => {
    const answered: [Route, number][] = [];
    for (const route of routes.filter((one) => WRITES.has(one.method) && !takesAnyType(one)))
      answered.push([route, (await send(route, headers, body)).status]);
    expect(answered.filter(([, status]) => status !== 415)).toEqual([]);
    expect(runtime.log.head()).toBe('0');
  });

  it('refuses a POST without a body and type, which creates a run otherwise', async () => {
    for (const route of routes.filter(({ method }) => method === 'POST'))
      expect([route, (await send(route, {})).status]).toEqual([route, 415]);
    expect(runtime.log.head()).toBe('0');
  });

  it('forbids browsers to guess, run, frame or share any answer', async () => {
    for (const route of routes.filter(({ method }) => method !== 'TRACE')) {
      const { headers } = await send(route, { 'content-type': 'application/json' });
      const policy = headers.get('content-security-policy') ?? '';
      expect([route, policy.startsWith("default-src 'none'")]).toEqual([route, true]);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it.each([
    ['metadata', { 'sec-fetch-site': 'same-site' }],
    ['an origin', { origin: 'http://localhost:3000' }],
    ['an origin that is hidden', { origin: 'null' }],
  ])('refuses every route, by whatever method, to a page of another site with %s', async (_what, of) => {
    const headers = { 'content-type': 'application/json', ...of };
    expect(new Set(routes.map(({ method }) => method))).toContain('HEAD');
    for (const route of routes)
      expect([route, await statusOf(route, headers, WRITES.has(route.method) ? BODY : '')]).toEqual([
        route,
        403,
      ]);
    expect(runtime.log.head()).toBe('0');
  });
});

describe('GraphQL over GET', () => {
  const get = (query: string, headers = {}) =>
    fetch(`${serving.url}/graphql?query=${encodeURIComponent(query)}`, { headers });

  it('is refused without a header that a page cannot send', async () => {
    expect((await get('{ __typename }')).status).toBe(400);
    expect((await get(MUTATION)).status).toBe(400);
    expect((await get('{ __typename }', { 'apollo-require-preflight': 'yes' })).status).toBe(200);
  });

  it('runs no mutation', async () => {
    expect((await get(MUTATION, { 'apollo-require-preflight': 'yes' })).status).toBe(405);
  });
});
