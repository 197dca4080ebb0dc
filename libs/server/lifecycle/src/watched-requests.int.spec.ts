import { openMetrics, openTracing } from '@tributary/telemetry';
import type { Metrics } from '@tributary/telemetry';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchRequests } from './watched-requests.ts';

let server: FastifyInstance;
let metrics: Metrics;

beforeEach(async () => {
  metrics = openMetrics({ service: 'spec', version: '1' });
  const tracing = await openTracing({ service: 'spec', version: '1', endpoint: undefined });
  const requests = watchRequests({ metrics, tracing });
  server = fastify();
  requests.hook(server);
  const accept = async (_request: unknown, reply: { send(body: string): unknown }) => {
    await Promise.resolve();
    requests.appended({ ok: true, stored: 3, storedByType: {}, duplicates: 0, receipts: [] }, 20);
    return reply.send('ok');
  };
  for (const path of [
    '/v1/events',
    '/v1/traces',
    '/api/v1/lineage/batch',
    '/api/2.0/mlflow/runs/create',
    '/graphql',
  ])
    server.post(path, accept);
  server.post('/refused', (_request, reply) => {
    requests.refused(['invalid_json', 'invalid_json', 'unknown_type']);
    const conflict = { index: 0, source: 's', id: 'i', knownHash: 'a', offeredHash: 'b' };
    requests.appended({ ok: false, conflicts: [conflict, conflict] }, 20);
    return reply.send('ok');
  });
});
afterEach(() => server.close());

const count = async (name: string, labels: string): Promise<string | undefined> =>
  new RegExp(`^${name}\\{[^}]*${labels}[^}]*\\} (\\d+)$`, 'm').exec(await metrics.text())?.[1];

it.each([
  ['/v1/events', 'cloudevents'],
  ['/v1/traces', 'otlp'],
  ['/api/v1/lineage/batch', 'openlineage'],
  ['/api/2.0/mlflow/runs/create', 'mlflow'],
  ['/graphql', 'other'],
])('counts what %s appends for the protocol %s', async (path, protocol) => {
  const requests = Array.from({ length: 3 }, () => server.inject({ method: 'POST', url: path, payload: {} }));
  await Promise.all(requests);
  expect(await count('tributary_events_accepted_total', `protocol="${protocol}"`)).toBe('9');
});

it('counts refusals by code, and conflicts as refused', async () => {
  await server.inject({ method: 'POST', url: '/refused', payload: {} });
  expect(await count('tributary_events_refused_total', 'protocol="other",code="invalid_json"')).toBe('2');
  expect(await count('tributary_events_refused_total', 'protocol="other",code="unknown_type"')).toBe('1');
  expect(await count('tributary_events_refused_total', 'protocol="other",code="id_conflict"')).toBe('2');
});

it('has a counter of each protocol from the start', async () => {
  for (const protocol of ['cloudevents', 'openlineage', 'otlp', 'mlflow', 'other'])
    expect(await count('tributary_events_accepted_total', `protocol="${protocol}"`)).toBe('0');
});
