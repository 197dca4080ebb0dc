import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Controller, Get, Module, Post, Req, Res } from '@nestjs/common';
import { metLimit, readBody, REQUEST_LIMITS, sendProblem } from '@tributary/capture';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

/** Emits `begun` when a request to /slow has begun, which `release` ends. */
const slowRequests = new EventEmitter();

@Controller()
class TestController {
  @Post('v1/metrics')
  async inflated(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const read = await readBody(request);
    if (!read.ok) return sendProblem(reply, read.problem);
    return reply.status(201).send({ bytes: read.body.length });
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

  @Get('health')
  health() {
    return { status: 'ok' };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

let serving: Serving | undefined;
afterEach(async () => {
  await serving?.stop();
  serving = undefined;
});

async function start(limits = REQUEST_LIMITS): Promise<string> {
  serving = await serve({ module: TestModule }, { host: '127.0.0.1', port: 0 }, { limits });
  return serving.url;
}

const post = (url: string, body: string | Buffer, more = {}) =>
  fetch(url, {
    method: 'POST',
    body: new Uint8Array(Buffer.from(body)),
    headers: { 'content-type': 'application/json', ...more },
  });

/** Posts an object of so many bytes, whose length is not announced. */
function chunked(url: string, bytes: number): Promise<Response> {
  const sent: RequestInit & { duplex: 'half' } = {
    method: 'POST',
    body: new Blob([`{${' '.repeat(bytes - 2)}}`]).stream(),
    duplex: 'half',
    headers: { 'content-type': 'application/json' },
  };
  return fetch(url, sent);
}

/** What a refusal says of the limit that it met. */
async function refusalOf(refused: Response): Promise<unknown> {
  const { code, limit, value, key, retryable } = JSON.parse(await refused.text());
  const retryAfter = refused.headers.get('retry-after');
  return { status: refused.status, code, limit, value, key, retryable, retryAfter };
}

describe('limits', () => {
  it('refuse one request too many with 429, and admit it once another is answered', async () => {
    const url = await start({ ...REQUEST_LIMITS, requests: 1 });
    const begun = once(slowRequests, 'begun');
    const slow = post(`${url}/slow`, '{}');
    await begun;
    await expect.poll(async () => (await post(`${url}/json`, '{}')).status).toBe(429);
    const refused = await post(`${url}/json`, '{}');
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await refused.json()).toMatchObject({
      title: 'too much at once',
      code: 'too_busy',
      ...metLimit('requests', 1),
      retryAfter: 1,
      retryable: true,
    });
    expect((await fetch(`${url}/health`)).status).toBe(200);
    slowRequests.emit('release');
    expect((await slow).status).toBe(201);
    await expect.poll(async () => (await post(`${url}/json`, '{}')).status).toBe(201);
  });

  it('count a body of unknown length while it arrives', async () => {
    const url = await start({ ...REQUEST_LIMITS, bytesInFlight: 1000 });
    const begun = once(slowRequests, 'begun');
    const slow = post(`${url}/slow`, `{${' '.repeat(598)}}`);
    await begun;
    expect(await refusalOf(await chunked(`${url}/json`, 600))).toEqual({
      status: 429,
      code: 'too_busy',
      ...metLimit('bytesInFlight', 1000),
      retryable: true,
      retryAfter: '1',
    });
    slowRequests.emit('release');
    expect((await slow).status).toBe(201);
    await expect.poll(async () => (await chunked(`${url}/json`, 600)).status).toBe(201);
  });

  it('refuse for good a body that would never fit, announced or not', async () => {
    const url = await start({ ...REQUEST_LIMITS, bytesInFlight: 1000 });
    const never = {
      status: 413,
      code: 'body_too_large',
      ...metLimit('bytesInFlight', 1000),
      retryable: false,
      retryAfter: null,
    };
    expect(await refusalOf(await chunked(`${url}/json`, 1_001))).toEqual(never);
    expect(await refusalOf(await post(`${url}/json`, `{${' '.repeat(999)}}`))).toEqual(never);
    expect((await chunked(`${url}/json`, 1_000)).status).toBe(201);
    expect((await post(`${url}/json`, `{${' '.repeat(998)}}`)).status).toBe(201);
  });

  it('refuse for good what they never take, however little room others leave', async () => {
    const url = await start({ ...REQUEST_LIMITS, bytesInFlight: 1000, wireBytes: 900 });
    const begun = once(slowRequests, 'begun');
    const slow = post(`${url}/slow`, `{${' '.repeat(888)}}`);
    await begun;
    const zipped = (bytes: number) =>
      post(`${url}/v1/metrics`, gzipSync(' '.repeat(bytes)), { 'content-encoding': 'gzip' });
    expect(await refusalOf(await post(`${url}/json`, `{${' '.repeat(899)}}`))).toMatchObject({
      status: 413,
      ...metLimit('wireBytes', 900),
    });
    expect((await post(`${url}/json`, `{${' '.repeat(898)}}`)).status).toBe(429);
    expect((await zipped(1_000)).status).toBe(413);
    expect((await zipped(900)).status).toBe(429);
    slowRequests.emit('release');
    expect((await slow).status).toBe(201);
    await expect.poll(async () => (await zipped(900)).status).toBe(201);
  });

  it('refuse for good a body that would never fit once it is inflated', async () => {
    const url = await start({ ...REQUEST_LIMITS, bytesInFlight: 1000 });
    const packed = (bytes: number) =>
      post(`${url}/v1/metrics`, gzipSync(' '.repeat(bytes)), {
        'content-encoding': 'gzip',
      });
    expect(await refusalOf(await packed(1_000))).toMatchObject({ status: 413, retryable: false });
    expect((await packed(900)).status).toBe(201);
  });

  const LATE = { limit: 'requestTimeout', value: 200, key: 'TRIBUTARY_REQUEST_TIMEOUT_MS', retryable: true };
  const TEXT = expect.stringMatching(/within 200 ms.*send it again.*TRIBUTARY_REQUEST_TIMEOUT_MS/);

  it.each([
    ['whose body', '/json', { code: 'request_overdue', detail: TEXT, ...LATE }],
    ['of GraphQL whose body', '/graphql', { errors: [{ message: TEXT, extensions: LATE }] }],
    [
      'of MLflow whose body',
      '/api/2.0/mlflow/runs/create',
      { error_code: 'TEMPORARILY_UNAVAILABLE', message: TEXT },
    ],
    ['of OTLP whose body', '/v1/metrics', { code: 14, message: TEXT }],
    ['whose headers', undefined, { code: 'request_overdue', detail: TEXT, ...LATE }],
  ])('end a request %s do not arrive within their time, and count it once', async (_what, path, refusal) => {
    const counted: string[] = [];
    const limits = { ...REQUEST_LIMITS, requestTimeout: 200 };
    const refused = (limit: string) => counted.push(limit);
    serving = await serve({ module: TestModule }, { host: '127.0.0.1', port: 0 }, { limits, refused });
    const url = new URL(serving.url);
    const socket = connect(Number(url.port), url.hostname);
    const head = `POST ${path ?? '/json'} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
    const announced = 'content-type: application/json\r\ncontent-length: 9\r\n\r\n{';
    socket.write(path === undefined ? head : head + announced);
    let text = '';
    socket.on('data', (bytes) => (text += String(bytes)));
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
    expect(text).toMatch(/\r\nretry-after: 1\r\n/);
    expect(text).toMatch(/\r\nx-content-type-options: nosniff\r\n/);
    expect(JSON.parse(text.slice(text.indexOf('\r\n\r\n')))).toMatchObject(refusal);
    await expect.poll(() => counted).toEqual(['requestTimeout']);
  });
});
