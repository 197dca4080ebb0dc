import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { attributor, openEstimators } from '@tributary/attribution-jobs';
import { DEADLINES, REQUEST_LIMITS } from '@tributary/capture';
import { serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { streamBodies } from '@tributary/intake';
import { holdCommits } from '@tributary/test-processes';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedModule } from './embedded.module.ts';
import { openRuntime } from './runtime.ts';
import type { EmbeddedRuntime } from './runtime.ts';

type Request = {
  readonly method: string;
  readonly path: string;
  readonly type?: string;
  readonly body?: string;
};

type Hook = NonNullable<NonNullable<Parameters<typeof serve>[2]>['stream']>;

/** Milliseconds that a request may take, and that one waits for the tables, which stand while the log hangs. */
const LIMIT = 1_000;

const directory = mkdtempSync(join(tmpdir(), 'hanging-routes-'));
const limits = { ...REQUEST_LIMITS, requestTimeout: LIMIT };
const estimators = openEstimators({ millis: 60_000 });
const routes: Request[] = [];
let runtime: EmbeddedRuntime;
let serving: Serving;

beforeAll(async () => {
  runtime = await openRuntime(directory, 16, {
    requests: limits,
    deadlines: { ...DEADLINES, tables: LIMIT },
  });
  const module = EmbeddedModule.with(runtime, attributor(runtime.engine.reader, estimators), {});
  const stream: Hook = (fastify) => {
    streamBodies(fastify);
    fastify.addHook('onRoute', ({ method, url }) => {
      const path = url.replaceAll(/:\w+|\*/g, '0f');
      for (const one of [method].flat()) if (one !== 'TRACE') routes.push({ method: one, path });
    });
  };
  serving = await serve(module, { host: '127.0.0.1', port: 0 }, { limits, stream });
});
afterAll(async () => {
  await serving.stop();
  await estimators.close();
  await runtime.close();
  rmSync(directory, { recursive: true });
});

const counts = { made: 0 };
const json = (path: string, body: unknown, method = 'POST'): Request => ({
  method,
  path,
  type: 'application/json',
  body: JSON.stringify(body),
});

const event = (status = 'completed') => {
  const id = `hanging-${(counts.made += 1)}`;
  const data = { runId: id, attempt: 1, status, lastStep: 1 };
  return { specversion: '1.0', id, source: 'urn:test', type: 'training.run.ended', data };
};

const blob = (text: string): Request => {
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { method: 'PUT', path: `/v1/blobs/${sha256}`, type: 'application/octet-stream', body: text };
};

const lineage = (runId: string) => ({
  eventType: 'START',
  eventTime: '2026-01-01T00:00:00Z',
  producer: 'urn:test',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/definitions/RunEvent',
  run: { runId },
  job: { namespace: 'test', name: 'hanging' },
});

/** What each protocol has to write, and what is refused and becomes a dead letter. */
const writes = (): Request[] => [
  { ...json('/v1/events', event()), type: 'application/cloudevents+json' },
  { ...json('/v1/events?atomic=false', event('no such status')), type: 'application/cloudevents+json' },
  { ...json('/v1/events', [event(), event()]), type: 'application/cloudevents-batch+json' },
  { ...json('/v1/events', event()), type: 'application/x-ndjson' },
  json('/api/v1/lineage', lineage('0198c0de-0000-7000-8000-000000000001')),
  json('/v1/metrics', { resourceMetrics: [] }),
  json('/api/2.0/mlflow/experiments/create', { name: `hanging-${(counts.made += 1)}` }),
  json('/api/2.0/mlflow/runs/create', { experiment_id: '0', start_time: 1_760_000_000_000 }),
  json('/graphql', { query: 'mutation { approveMixture(id: "m", approvedBy: "me") { __typename } }' }),
  blob(`hanging ${(counts.made += 1)}`),
];

/** Every route, with a body where it takes one. */
const walks = (): Request[] =>
  routes.map(({ method, path }) =>
    method === 'GET' || method === 'HEAD' || method === 'OPTIONS'
      ? { method, path }
      : json(
          path,
          { query: '{ status { lag } }', run_id: '0f', name: 'hanging', experiment_id: '0' },
          method,
        ),
  );

/** The statuses of requests that are all sent before one is answered, by request. Rejects where one is not answered. */
async function statusesOf(requests: readonly Request[]): Promise<Map<string, number>> {
  const answers = requests.map(async ({ method, path, type, body }, index) => {
    const headers = type === undefined ? {} : { 'content-type': type };
    const init = { method, headers, ...(body !== undefined && { body }) };
    const response = await fetch(serving.url + path, init);
    await response.arrayBuffer();
    return [`${index} ${method} ${path}`, response.status] as const;
  });
  return new Map(await Promise.all(answers));
}

/** Requests that a server takes at a time. */
const AT_A_TIME = 8;

async function walked(requests: readonly Request[]): Promise<Map<string, number>> {
  const statuses = new Map<string, number>();
  for (let from = 0; from < requests.length; from += AT_A_TIME)
    for (const [request, status] of await statusesOf(requests.slice(from, from + AT_A_TIME)))
      statuses.set(`${from} ${request}`, status);
  return statuses;
}

const refusedOf = (statuses: ReadonlyMap<string, number>) =>
  [...statuses].filter(([, status]) => status === 503);

/** Of the writes, how many at least need the folder: what is refused is a dead letter. */
const HUNG = [
  ['log', 6],
  ['dead-letters', 1],
] as const;

describe.each(HUNG)('while the disk of the folder %s hangs', (folder, least) => {
  it('answers every route, and every write of every protocol at its deadline or with what was stored', async () => {
    const before = await walked(writes());
    const release = await holdCommits(join(directory, folder));
    const written = await walked(writes());
    const others = await walked(walks());
    await release();
    expect([...before].filter(([, status]) => status >= 300 && status !== 422)).toEqual([]);
    expect(refusedOf(written).length).toBeGreaterThanOrEqual(least);
    expect([...written].filter(([, status]) => status >= 500 && status !== 503)).toEqual([]);
    expect([...others].filter(([, status]) => ![501, 503].includes(status) && status >= 500)).toEqual([]);
    expect(others.size).toBeGreaterThan(60);
    await expect.poll(async () => (await fetch(`${serving.url}/ready`)).status).toBe(200);
    /* The tables still follow what was stored meanwhile, and a write that waits for them may be asked to come again. */
    await expect.poll(async () => refusedOf(await walked(writes()))).toEqual([]);
  });
});
