import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { All, Controller, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from './serve.ts';
import type { Serving } from './serve.ts';

@Controller()
class TestController {
  @All('*')
  anything() {
    return { answered: true };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

let serving: Serving;
let port: string;
beforeAll(async () => {
  const address = { host: '0.0.0.0', port: 0, allowedHosts: ['lineage.example'] };
  serving = await serve({ module: TestModule }, address);
  port = new URL(serving.url).port;
});
afterAll(() => serving.stop());

type Headers = Readonly<Record<string, string>>;
type Answer = { readonly status: number; readonly body: Record<string, unknown> };

/** Sends what a browser may send, Host and Origin included, which `fetch` does not allow. */
async function send(method: string, path: string, headers: Headers, body?: string): Promise<Answer> {
  const length: Headers = body === undefined ? {} : { 'content-length': String(body.length) };
  const own = { host: `localhost:${port}`, ...length };
  const sent = request({ host: '127.0.0.1', port, method, path, headers: { ...own, ...headers } });
  const response = new Promise<import('node:http').IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve).once('error', reject);
  });
  sent.end(body);
  const answered = await response;
  const content = await text(answered);
  return { status: answered.statusCode ?? 0, body: content === '' ? {} : JSON.parse(content) };
}

const statusOf = async (...sent: Parameters<typeof send>) => (await send(...sent)).status;

const JSON_TYPE = { 'content-type': 'application/json' };
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const PATHS = ['/v1/limits', '/graphql?query=%7B__typename%7D', '/api/2.0/mlflow/runs/search', '/v1/traces'];

describe('a request of a foreign page', () => {
  it.each(METHODS)('is refused by Sec-Fetch-Site, whatever it reads or writes (%s)', async (method) => {
    for (const path of PATHS)
      for (const site of ['cross-site', 'same-site', 'unheard-of', ''])
        expect(await statusOf(method, path, { ...JSON_TYPE, 'sec-fetch-site': site })).toBe(403);
  });

  it.each(METHODS)('is refused by Origin, where the browser sends no metadata (%s)', async (method) => {
    const origins = [
      'http://attacker.example',
      'null',
      'http://localhost:1',
      `http://127.0.0.1:${port}`,
      `http://localhost:${port}.attacker.example`,
      'http://lineage.example:8888',
      'not an origin',
      '',
    ];
    for (const origin of origins)
      expect([origin, await statusOf(method, '/v1/limits', { ...JSON_TYPE, origin })]).toEqual([origin, 403]);
  });

  it('is told which header is foreign and what to configure, in the shape of its protocol', async () => {
    const site = await send('GET', '/v1/limits', { 'sec-fetch-site': 'cross-site' });
    expect(site.body).toMatchObject({
      status: 403,
      code: 'foreign_site',
      detail: expect.stringMatching(/Sec-Fetch-Site is "cross-site"[^]*TRIBUTARY_ALLOWED_HOSTS/),
    });
    const origin = { origin: 'http://attacker.example' };
    expect((await send('GET', '/v1/limits', origin)).body).toMatchObject({
      code: 'foreign_origin',
      detail: expect.stringMatching(/Origin is "http:\/\/attacker\.example"[^]*TRIBUTARY_ALLOWED_HOSTS/),
    });
    const tracker = await send('GET', '/api/2.0/mlflow/runs/get', origin);
    expect(tracker).toMatchObject({ status: 403, body: { error_code: 'PERMISSION_DENIED' } });
    const otlp = await send('POST', '/v1/traces', { ...origin, ...JSON_TYPE });
    expect(otlp).toMatchObject({ status: 403, body: { code: 7 } });
  });
});

describe('a request that no foreign page sends', () => {
  it.each([
    ['a program', {}],
    ['the fetch of Node, which sends one header of metadata', { 'sec-fetch-mode': 'cors' }],
    ['a person at the address bar', { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }],
    ['a page of the server', { 'sec-fetch-site': 'same-origin' }],
  ])('passes: %s', async (_who, headers) => {
    for (const path of PATHS) expect(await statusOf('GET', path, headers)).toBe(200);
    expect(await statusOf('POST', '/graphql', { ...JSON_TYPE, ...headers }, '{}')).toBe(200);
  });

  it.each([
    ['the host of the request', { origin: 'HTTP', host: 'localhost' }],
    ['a configured host', { origin: 'https://lineage.example', host: 'lineage.example' }],
    ['a configured host, behind a proxy that replaces Host', { origin: 'https://lineage.example' }],
  ])('passes with the origin of %s', async (_whose, headers) => {
    const own = `http://localhost:${port}`;
    const sent = headers.origin === 'HTTP' ? { origin: own } : headers;
    expect(await statusOf('POST', '/graphql', { ...JSON_TYPE, ...sent }, '{}')).toBe(200);
  });
});

describe('a link on a foreign page', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };

  it.each(['/', '/health', '/ready', '/metrics', '/graphql'])('may be followed to %s', async (path) => {
    expect(await statusOf('GET', path, link)).toBe(200);
  });

  it.each(PATHS.filter((path) => !path.startsWith('/graphql')))(
    'may not be followed to %s, which is no page for a person',
    async (path) => expect(await statusOf('GET', path, link)).toBe(403),
  );

  it.each([
    ['a form', 'POST', {}],
    ['a frame', 'GET', { 'sec-fetch-dest': 'iframe' }],
    ['a plug-in', 'GET', { 'sec-fetch-dest': 'embed' }],
    ['an image', 'GET', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
  ])('is something else than %s', async (_what, method, more) => {
    expect(await statusOf(method, '/', { ...link, ...more })).toBe(403);
  });
});

describe('a name of the server beyond loopback', () => {
  it.each([
    ['localhost', 200],
    ['192.0.2.7', 200],
    ['lineage.example', 200],
    ['attacker.example', 421],
  ])('%s is answered with %i', async (host, status) => {
    expect(await statusOf('GET', '/health', { host })).toBe(status);
  });

  it('is configured, as the refusal says', async () => {
    expect((await send('GET', '/health', { host: 'attacker.example' })).body).toMatchObject({
      code: 'host_not_allowed',
      detail: expect.stringMatching(/Host header names "attacker\.example"[^]*TRIBUTARY_ALLOWED_HOSTS/),
    });
  });

  it('says where it listens', () => {
    expect(serving.listening).toBe(`every address of this machine, port ${port} (here ${serving.url})`);
  });
});

describe('a body that a page may send without asking first', () => {
  const WRITES: readonly [string, readonly string[]][] = [
    ['/v1/events', ['application/cloudevents+json', 'application/x-ndjson']],
    ['/api/v1/lineage', ['application/json']],
    ['/v1/traces', ['application/x-protobuf', 'application/json']],
    ['/api/2.0/mlflow/runs/create', ['application/json']],
    ['/graphql', ['application/json']],
    ['/v1/experiments', ['application/json']],
  ];
  const SIMPLE = [
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain',
    'text/plain; application/json',
    'TEXT/PLAIN;charset=utf-8',
    'application/json, text/plain',
    undefined,
  ];

  it.each(WRITES)('is refused on %s with the types that are accepted', async (path, accepted) => {
    for (const type of SIMPLE)
      for (const body of ['{"a": 1}', 'a=1', undefined]) {
        const headers: Headers = type === undefined ? {} : { 'content-type': type };
        const { status, body: refusal } = await send('POST', path, headers, body);
        expect([type, status]).toEqual([type, 415]);
        for (const one of accepted) expect(JSON.stringify(refusal)).toContain(one);
      }
  });

  it('is told apart from those of programs, whose parameters and case do not matter', async () => {
    for (const type of ['application/json', 'application/JSON; charset=utf-8'])
      expect(await statusOf('POST', '/graphql', { 'content-type': type }, '{}')).toBe(200);
  });

  it('is refused where it comes with another method', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE'])
      expect(
        await statusOf(method, '/api/2.0/mlflow/logged-models/m', { 'content-type': 'text/plain' }, 'a'),
      ).toBe(415);
    expect(await statusOf('PUT', `/v1/blobs/0f`, { 'content-type': 'text/plain' }, 'a')).toBe(415);
    expect(await statusOf('DELETE', '/api/2.0/mlflow/logged-models/m', {})).toBe(200);
  });

  it('is refused in the shape of its protocol', async () => {
    const tracker = await send('POST', '/api/2.0/mlflow/runs/create', { 'content-type': 'text/plain' }, '{}');
    expect(tracker).toEqual({
      status: 415,
      body: {
        error_code: 'INVALID_PARAMETER_VALUE',
        message: 'content-type "text/plain" is not accepted here; send application/json',
      },
    });
  });

  it('carries the data of an event whose attributes are headers, in JSON of any name', async () => {
    const event = { 'ce-specversion': '1.0' };
    expect(await statusOf('POST', '/v1/events', event, '{}')).toBe(200);
    expect(
      await statusOf('POST', '/v1/events', { ...event, 'content-type': 'application/vnd.run+json' }, '{}'),
    ).toBe(200);
    expect(await statusOf('POST', '/v1/events', { ...event, 'content-type': 'text/plain' }, '{}')).toBe(415);
    expect(await statusOf('POST', '/v1/events', { 'content-type': 'application/vnd.run+json' }, '{}')).toBe(
      415,
    );
  });
});
