import { serve } from '@tributary/http';
import type { Health, ReadinessCondition, Serving } from '@tributary/http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { WaitingModule } from './waiting.module.ts';

let conditions: ReadinessCondition[] = [];
const health: Health = {
  alive: () => ({ directory: '/d' }),
  conditions: () => Promise.resolve(conditions),
  ready: () => ({ position: '7' }),
  metrics: () => Promise.resolve({ type: 'text/plain; version=0.0.4', text: 'up 1\n' }),
};

const write = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };

let serving: Serving;
beforeAll(async () => {
  serving = await serve(WaitingModule.with(health), { host: '127.0.0.1', port: 0 });
});
afterAll(() => serving.stop());
beforeEach(() => {
  conditions = [
    { code: 'topic_missing', detail: 'there is no topic events' },
    { code: 'schema_older', detail: 'the tables are older' },
  ];
});

describe('a request to a process that waits', () => {
  it.each([
    ['GET', '/'],
    ['POST', '/graphql'],
    ['PUT', '/v1/blobs/0f'],
    ['DELETE', '/v1/events'],
    ['OPTIONS', '/v1/events?x=1'],
  ])('%s %s is answered with 503, what is missing, and when to come back', async (method, path) => {
    const response = await fetch(serving.url + path, method === 'POST' ? write : { method });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toEqual({
      status: 503,
      code: 'not_ready',
      title: 'not ready',
      detail: 'there is no topic events; the tables are older',
      conditions,
      retryAfter: 5,
    });
  });

  it('gets the shape that its protocol reads', async () => {
    const tracker = await fetch(`${serving.url}/api/2.0/mlflow/runs/create`, write);
    expect(tracker.status).toBe(503);
    expect(await tracker.json()).toMatchObject({ error_code: 'TEMPORARILY_UNAVAILABLE' });
  });

  it('gets the conditions of the moment', async () => {
    conditions = [{ code: 'schema_older', detail: 'the tables are older' }];
    expect(await (await fetch(`${serving.url}/graphql`)).json()).toMatchObject({ conditions });
  });

  it('is answered where it asks for health, readiness or metrics', async () => {
    expect(await (await fetch(`${serving.url}/health`)).json()).toEqual({ status: 'ok', directory: '/d' });
    expect((await fetch(`${serving.url}/ready`)).headers.get('retry-after')).toBeNull();
    const metrics = await fetch(`${serving.url}/metrics`);
    expect([metrics.headers.get('content-type'), await metrics.text()]).toEqual([
      'text/plain; version=0.0.4',
      'up 1\n',
    ]);
  });
});
