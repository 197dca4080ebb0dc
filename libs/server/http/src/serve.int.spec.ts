import { EventEmitter, once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { Controller, Get, Module, Param, Post, Req } from '@nestjs/common';
import { REQUEST_LIMITS } from '@tributary/capture';
import { Fault } from '@tributary/kernel';
import type { FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { HEALTH, HealthController } from './health.controller.ts';
import type { Health, ReadinessCondition } from './health.controller.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

/** Emits `begun` when a request to /slow has begun, which `release` ends. */
const slowRequests = new EventEmitter();

@Controller()
class TestController {
  @Post('v1/events')
  raw(@Req() { body }: FastifyRequest) {
    return { bytes: Buffer.isBuffer(body) ? body.length : -1 };
  }

  @Post('json')
  json(@Req() { body }: FastifyRequest) {
    return { body };
  }

  @Post('slow')
  async slow() {
    const released = once(slowRequests, 'release');
    slowRequests.emit('begun');
    await released;
    return {};
  }

  @Get('fail/:code')
  fail(@Param('code') code: string): never {
    throw code === 'none' ? new Error('a secret of the server') : new Fault(code, `the text of ${code}`);
  }

  @Post('v1/traces')
  traces(): never {
    throw new Error('a secret of the server');
  }

  @Post('api/2.0/mlflow/runs/create')
  tracker(): never {
    throw new Error('a secret of the server');
  }
}

const conditions: ReadinessCondition[] = [];
const health: Health = {
  alive: () => ({ directory: '/d' }),
  conditions: () => Promise.resolve(conditions),
  ready: () => ({ position: '7' }),
};

@Module({
  controllers: [TestController, HealthController],
  providers: [{ provide: HEALTH, useValue: health }],
})
class TestModule {}

let serving: Serving | undefined;
afterEach(async () => {
  conditions.length = 0;
  await serving?.stop();
  serving = undefined;
});

async function start(limits = REQUEST_LIMITS): Promise<string> {
  serving = await serve({ module: TestModule }, { host: '127.0.0.1', port: 0 }, { limits });
  return serving.url;
}

const post = (url: string, body: string | Buffer, type = 'application/json', more = {}) =>
  fetch(url, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: { 'content-type': type, ...more },
  });

/** Posts to a target that is sent as it is written. */
async function postTo(target: (url: string) => string, body: string, type: string): Promise<unknown> {
  const url = await start();
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': type };
    const sent = request({ hostname, port, method: 'POST', path: target(url), headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += String(chunk)));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

it.each([
  ['whole', (url: string) => `${url}/v1/events`],
  ['with encoded characters', () => '/v1/%65vents'],
  ['with a fragment', () => '/v1/events#x'],
  ['whole with a fragment', (url: string) => `${url}/v1/events#?a`],
])('gives a route the body of a request whose address is stated %s', async (_how, target) => {
  for (const type of ['application/json', 'application/cloudevents+json'])
    expect(await postTo(target, '{"a": 1}', type)).toEqual({ bytes: 8 });
});

describe('bodies', () => {
  it('arrive as bytes where the controller validates them, and as JSON elsewhere', async () => {
    const url = await start();
    const sent = post(`${url}/v1/events`, '{"a": 1}', 'application/cloudevents+json');
    expect(await (await sent).json()).toEqual({ bytes: 8 });
    expect(await (await post(`${url}/json`, '{"a": 1}')).json()).toEqual({ body: { a: 1 } });
  });

  it('of an unsupported media type are refused with 415', async () => {
    const response = await post(`${await start()}/json`, 'a,b', 'text/csv');
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ detail: expect.stringContaining('text/csv') });
  });

  it('larger than the limit are refused with 413 and the limit', async () => {
    const response = await post(`${await start()}/json`, Buffer.alloc(4 * 1024 * 1024 + 1, 0x20));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ title: 'body too large', maxBytes: 4 * 1024 * 1024 });
  });

  it('that are not JSON are refused with 400, without a reference to the parser', async () => {
    const response = await post(`${await start()}/json`, '{"a":');
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
  });

  it('cannot set the prototype of an object', async () => {
    expect((await post(`${await start()}/json`, '{"__proto__": {"a": 1}}')).status).toBe(400);
  });
});

describe('problems', () => {
  it.each([
    [
      'log_write_failed',
      503,
      'the log could not be written, so it is unknown whether the events of this request are stored; send the same events again later, with the same ids: none is stored twice',
    ],
    ['log_taken', 503, 'the text of log_taken'],
    ['dead_letters_taken', 503, 'the text of dead_letters_taken'],
    ['dead_letters_replaced', 503, 'the text of dead_letters_replaced'],
    ['dead_letters_full', 507, 'the text of dead_letters_full'],
    ['disk_low', 507, 'the text of disk_low'],
    ['disk_full', 507, 'the text of disk_full'],
    ['log_overdue', 503, 'the text of log_overdue'],
    ['blobs_overdue', 503, 'the text of blobs_overdue'],
    ['blob_unreadable', 503, 'the text of blob_unreadable'],
    ['folder_unmarked', 503, expect.stringContaining('the log of the server says where')],
    ['dead_letters_overdue', 503, 'the text of dead_letters_overdue'],
    ['clock_wrong', 503, 'the text of clock_wrong'],
    ['tables_behind', 503, 'the text of tables_behind'],
    ['engine_busy', 503, 'the text of engine_busy'],
    ['estimate_overdue', 503, 'the text of estimate_overdue'],
    ['query_memory', 422, 'the text of query_memory'],
    ['blob_removed', 410, 'the text of blob_removed'],
    ['blob_mismatch', 422, 'the text of blob_mismatch'],
  ])('say of the fault %s what to do', async (code, status, detail) => {
    const response = await fetch(`${await start()}/fail/${code}`);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ status, code, detail });
  });

  it.each([
    ['engine_busy', '5'],
    ['estimate_overdue', '30'],
  ])('say of the fault %s after how long to ask again', async (code, seconds) => {
    const response = await fetch(`${await start()}/fail/${code}`);
    expect(response.headers.get('retry-after')).toBe(seconds);
  });

  it.each(['none', 'unforeseen_code', 'constructor'])(
    'hide the text of an unforeseen fault (%s)',
    async (code) => {
      const response = await fetch(`${await start()}/fail/${code}`);
      expect(response.status).toBe(500);
      expect(await response.text()).not.toMatch(/secret|the text of/);
    },
  );

  it('answer an unknown path with 404 as RFC 9457 says', async () => {
    const response = await fetch(`${await start()}/nowhere`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ status: 404, title: 'not found' });
  });

  it('have the shape that clients of MLflow and OTLP read', async () => {
    const url = await start();
    const tracker = await post(`${url}/api/2.0/mlflow/runs/create`, '{}');
    expect(tracker.status).toBe(500);
    expect(await tracker.json()).toMatchObject({ error_code: 'INTERNAL_ERROR' });
    const export_ = await post(`${url}/v1/traces`, '{}');
    expect(export_.status).toBe(500);
    expect(await export_.json()).toMatchObject({ code: 14, message: expect.any(String) });
  });
});

describe('the headers for browsers', () => {
  it.each([
    ['GET', '/health', undefined, 200],
    ['GET', '/nowhere', undefined, 404],
    ['POST', '/json', '{}', 201],
    ['POST', '/json', '{', 400],
    ['POST', '/json', 'x'.repeat(4 * 1024 * 1024 + 1), 413],
    ['GET', '/fail/none', undefined, 500],
    ['POST', '/v1/traces', '{}', 500],
    ['POST', '/api/2.0/mlflow/runs/create', '{}', 500],
  ])('are on the answer to %s %s', async (method, path, body, status) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${await start()}${path}`, {
      method,
      ...(body !== undefined && { body, headers }),
    });
    expect(response.status).toBe(status);
    for (const [name, value] of Object.entries(SECURITY_HEADERS))
      expect(response.headers.get(name)).toBe(value);
  });

  it('are on the refusal of a foreign page and of another media type', async () => {
    const url = await start();
    const foreign = await fetch(`${url}/health`, { headers: { origin: 'http://attacker.example' } });
    const form = await post(`${url}/json`, 'a=b', 'application/x-www-form-urlencoded');
    expect([foreign.status, form.status]).toEqual([403, 415]);
    for (const { headers } of [foreign, form])
      expect(headers.get('content-security-policy')).toBe(SECURITY_HEADERS['content-security-policy']);
  });
});

describe('host names', () => {
  it.each([
    ['localhost', 200],
    ['127.0.0.9', 200],
    ['[::1]', 200],
    ['attacker.example', 421],
    ['127.attacker.example', 421],
  ])('a server on loopback answers %s with %i', async (host, status) => {
    const url = new URL(await start());
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET /health HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    const received: string[] = [];
    socket.on('data', (bytes) => received.push(String(bytes)));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(received.join('')).toContain(`HTTP/1.1 ${status} `);
  });
});

describe('health', () => {
  it('is answered whatever the readiness is', async () => {
    conditions.push({ code: 'tables_stopped', detail: 'the disk is full' });
    expect(await (await fetch(`${await start()}/health`)).json()).toEqual({ status: 'ok', directory: '/d' });
  });

  it('is ready without conditions, and lists those that are not met', async () => {
    const url = await start();
    expect(await (await fetch(`${url}/ready`)).json()).toEqual({ status: 'ready', position: '7' });
    conditions.push({ code: 'a', detail: 'one' }, { code: 'b', detail: 'two' });
    const response = await fetch(`${url}/ready`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({
      status: 503,
      code: 'not_ready',
      title: 'not ready',
      detail: 'one; two',
      conditions,
    });
  });

  it('has no metrics where nothing is measured', async () => {
    expect((await fetch(`${await start()}/metrics`)).status).toBe(404);
  });
});

describe('metrics on a port of their own', () => {
  const metrics = () => Promise.resolve({ type: 'text/plain; version=0.0.4', text: 'one 1' });
  const withMetrics = async (): Promise<Serving> => {
    const address = { host: '127.0.0.1', port: 0, metricsPort: 0 };
    serving = await serve({ module: TestModule }, address, { metrics });
    return serving;
  };

  it('are there, alone, and no longer on the port of the service', async () => {
    const { url, metricsUrl = '' } = await withMetrics();
    const answered = await fetch(`${metricsUrl}/metrics`);
    expect([answered.status, await answered.text()]).toEqual([200, 'one 1']);
    expect(answered.headers.get('content-type')).toBe('text/plain; version=0.0.4');
    expect(answered.headers.get('x-content-type-options')).toBe('nosniff');
    for (const path of ['/', '/health', '/v1/events', '/graphql'])
      expect([path, (await fetch(metricsUrl + path)).status]).toEqual([path, 404]);
    const gone = await fetch(`${url}/metrics`);
    expect([gone.status, await gone.json()]).toMatchObject([
      404,
      { detail: expect.stringContaining('METRICS_PORT') },
    ]);
    expect((await fetch(`${url}/health`)).status).toBe(200);
  });

  it('answer no page of another site, and end with the service', async () => {
    const { metricsUrl = '' } = await withMetrics();
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await fetch(`${metricsUrl}/metrics`, { headers })).status).toBe(403);
    await serving?.stop();
    serving = undefined;
    await expect(fetch(`${metricsUrl}/metrics`)).rejects.toThrow('fetch failed');
  });

  it('that cannot be served keep the service from starting, and free its port', async () => {
    const first = await withMetrics();
    const taken = Number(new URL(first.metricsUrl ?? '').port);
    const address = { host: '127.0.0.1', port: 0, metricsPort: taken };
    await expect(serve({ module: TestModule }, address, { metrics })).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port: taken,
    });
  });
});

it('finishes a request in progress before it stops', async () => {
  const url = await start();
  const begun = once(slowRequests, 'begun');
  const answered = post(`${url}/slow`, '{}');
  await begun;
  const stopped = serving?.stop();
  slowRequests.emit('release');
  await stopped;
  expect((await answered).status).toBe(201);
  await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
});
