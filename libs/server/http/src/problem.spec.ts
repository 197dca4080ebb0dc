import { readFileSync } from 'node:fs';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { faultText, sendProblem, VERSION } from './index.ts';

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

/** Answers every POST with the problem. */
async function answering(problem: Parameters<typeof sendProblem>[1]): Promise<string> {
  server = fastify();
  server.addContentTypeParser('*', (_request, _payload, done) => done(null));
  server.post('*', (_request, reply) => sendProblem(reply, problem));
  return server.listen({ host: '127.0.0.1', port: 0 });
}

const post = (url: string, type = 'application/json') =>
  fetch(url, { method: 'POST', headers: { 'content-type': type }, body: '{}' });

const BUSY = { status: 429, title: 'too much', detail: 'wait a second', retryAfter: 1 };

describe('a problem', () => {
  it.each(['/v1/events', '/v1/tracesque', '/', '/v1/traces/x'])(
    'is one of RFC 9457 on the path %s',
    async (path) => {
      const response = await post((await answering(BUSY)) + path);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
      expect(await response.json()).toEqual({ code: 'too_much', ...BUSY });
    },
  );

  it.each(['/api/2.0/mlflow/runs/create', '/api/2.0/mlflow/runs/create?x=1'])(
    'is one of MLflow on the path %s',
    async (path) => {
      const response = await post((await answering(BUSY)) + path);
      expect(response.status).toBe(429);
      expect(await response.json()).toEqual({
        error_code: 'REQUEST_LIMIT_EXCEEDED',
        message: 'wait a second',
      });
    },
  );

  it.each(['/v1/traces', '/v1/metrics?x=1', '/v1/logs'])('is one of OTLP on the path %s', async (path) => {
    const response = await post((await answering(BUSY)) + path);
    expect(response.status).toBe(429);
    expect(await response.json()).toMatchObject({
      code: expect.any(Number),
      message: expect.stringContaining('wait a second'),
    });
  });

  it('is sent to exporters of protobuf in protobuf', async () => {
    const response = await post(`${await answering(BUSY)}/v1/traces`, 'application/x-protobuf');
    expect(response.headers.get('content-type')).toBe('application/x-protobuf');
    expect(await response.text()).toContain('wait a second');
  });

  it.each(['/v1/events', '/api/2.0/mlflow/runs/create', '/v1/logs'])(
    'says on %s when the client may retry, in the header',
    async (path) => {
      expect((await post((await answering(BUSY)) + path)).headers.get('retry-after')).toBe('1');
      await server?.close();
      const { retryAfter: _retryAfter, ...final } = BUSY;
      expect(
        (await post((await answering({ ...final, status: 422 })) + path)).headers.get('retry-after'),
      ).toBeNull();
    },
  );
});

describe('the text of a fault', () => {
  it('is the message of an error', () => {
    expect(faultText(new TypeError('x is undefined'))).toBe('x is undefined');
  });

  it.each([undefined, null, 'text', { message: 'like an error' }])('is unknown for %j', (thrown) => {
    expect(faultText(thrown)).toBe('an unknown fault');
  });
});

it('has the version of its package', () => {
  const manifest = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  expect(JSON.parse(manifest)).toMatchObject({ version: VERSION });
});
