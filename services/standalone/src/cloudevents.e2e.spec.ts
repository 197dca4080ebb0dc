import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  fact,
  removeDirectory,
  runEnded,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { Accepted, ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

const data = (id: string) => JSON.stringify(runEnded(id)['data']);

const headersOf = (id: string): Record<string, string> => ({
  'ce-specversion': '1.0',
  'ce-id': id,
  'ce-source': 'urn:test',
  'ce-type': 'training.run.ended',
});

async function post(
  body: string | Uint8Array,
  headers: Record<string, string>,
  query = '',
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.url}/v1/events${query}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, body: await response.json() };
}

const storedEvent = async (id: string, reply: { body: unknown }): Promise<unknown> => {
  const { receipts } = reply.body as Accepted;
  expect(receipts).toMatchObject([{ id }]);
  const { event } = await server.ask<{ event: { json: string } }>(
    'query ($at: Position!) { event(position: $at) { json } }',
    { at: receipts[0]?.position },
  );
  return JSON.parse(event.json);
};

describe('an event in binary mode', () => {
  it('has its attributes in headers and its data in the body', async () => {
    const reply = await post(data('binary'), { ...headersOf('binary'), 'content-type': 'application/json' });
    expect(reply.status).toBe(201);
    expect(await storedEvent('binary', reply)).toEqual({
      ...runEnded('binary'),
      datacontenttype: 'application/json',
    });
  });

  it('is the same event as in structured mode', async () => {
    const event = { ...runEnded('either'), datacontenttype: 'application/json' };
    await server.record(event);
    const reply = await post(data('either'), { ...headersOf('either'), 'content-type': 'application/json' });
    expect(reply).toMatchObject({ status: 200, body: { duplicates: 1 } });
  });

  it('may be gzip, with any JSON type, and with encoded attributes', async () => {
    const reply = await post(gzipSync(data('coded')), {
      ...headersOf('coded'),
      'content-type': 'application/vnd.run+json',
      'content-encoding': 'gzip',
      'ce-subject': '"100%25 \\"sure\\" %E2%82%AC"',
    });
    expect(reply.status).toBe(201);
    expect(await storedEvent('coded', reply)).toMatchObject({ subject: '100% "sure" €' });
  });

  it.each([
    ['without a specversion', { 'ce-specversion': undefined }, '/specversion'],
    [
      'with a content type among its attributes',
      { 'ce-datacontenttype': 'application/json' },
      '/datacontenttype',
    ],
    ['with an overlong form in a header', { 'ce-subject': '%C0%A0' }, '/subject'],
  ])('is refused %s', async (_what, more, pointer) => {
    const headers = { ...headersOf('odd'), 'content-type': 'application/json', ...more };
    const sent = Object.fromEntries(
      Object.entries(headers).flatMap(([k, v]) => (v === undefined ? [] : [[k, v]])),
    );
    expect(await post(data('odd'), sent)).toMatchObject({
      status: 422,
      body: { errors: [{ index: 0, code: 'invalid_envelope', pointer }] },
    });
  });

  it('cannot set attributes through its data', async () => {
    const reply = await post('{},"recordtime":"x"', {
      ...headersOf('smuggle'),
      'content-type': 'application/json',
    });
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ code: 'invalid_json' }] } });
  });
});

describe('the mode of a request', () => {
  it.each([
    ['JSON without attributes', 'application/json', {}],
    ['text without attributes', 'text/plain', {}],
    ['text with attributes', 'text/plain', headersOf('text')],
    ['a form with attributes', 'application/x-www-form-urlencoded', headersOf('form')],
    ['an XML event, whatever its headers', 'application/cloudevents+xml', headersOf('xml')],
    ['an XML batch', 'application/cloudevents-batch+xml', {}],
  ])('is unknown for %s', async (_what, type, headers) => {
    expect(await post(data('x'), { ...headers, 'content-type': type })).toMatchObject({
      status: 415,
      body: { mediaTypes: expect.arrayContaining(['application/cloudevents-batch+json']) },
    });
  });

  it('is structured even with headers of binary mode', async () => {
    const headers = { ...headersOf('other'), 'content-type': 'application/cloudevents+json; charset=utf-8' };
    const reply = await post(JSON.stringify(runEnded('structured')), headers);
    expect(reply).toMatchObject({ status: 201, body: { receipts: [{ id: 'structured' }] } });
  });

  it('is listed by OPTIONS and by /v1/limits', async () => {
    const options = await fetch(`${server.url}/v1/events`, { method: 'OPTIONS' });
    expect(options.status).toBe(204);
    expect(options.headers.get('allow')).toBe('OPTIONS, POST');
    expect(options.headers.get('accept-post')).toContain('application/cloudevents-batch+json');
    const limits: unknown = await (await fetch(`${server.url}/v1/limits`)).json();
    expect(limits).toMatchObject({
      binaryMode: true,
      maxEventBytes: 8_388_608,
      maxInlineBytes: 65_536,
      maxBytesInFlight: 67_108_864,
      maxRequests: 512,
      graphql: { depth: 15, cost: 1_000_000 },
    });
  });

  it('may be an empty batch', async () => {
    const reply = await post('[]', { 'content-type': 'application/cloudevents-batch+json' });
    expect(reply).toMatchObject({ status: 200, body: { stored: 0, receipts: [] } });
  });

  it('is refused with 413 and the limit', async () => {
    const headers = { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' };
    const inflated = await post(gzipSync('x'.repeat(9_000_000)), headers);
    expect(inflated).toMatchObject({ status: 413, body: { maxBytes: 8_388_608 } });
  });
});

const plan = (id: string, slices: number) => ({
  ...fact(
    'mixture.plan.decided',
    {
      mixtureId: id,
      unit: 'unnormalised',
      phases: [
        {
          name: 'all',
          fromStep: 0,
          weights: Array.from({ length: slices }, (_, n) => ({ slice: `web/bucket-${n}`, weight: n + 1 })),
        },
      ],
      rationale: 'Every bucket has a weight.',
      decidedBy: 'data team',
    },
    `plan-${id}`,
  ),
});

describe('a fact of more than 64 KiB', () => {
  it('is accepted, recognised again, and shows where its data is', async () => {
    const event = plan('long', 4_000);
    const text = JSON.stringify(event);
    expect(text.length).toBeGreaterThan(65_536);
    const first = await post(text, { 'content-type': 'application/cloudevents+json' });
    expect(first.status).toBe(201);
    const stored = (await storedEvent('plan-long', first)) as Record<string, unknown>;
    expect(stored).not.toHaveProperty('data');
    const blob = await fetch(`${server.url}/v1/blobs/${String(stored['datadigest']).slice(7)}`);
    expect(await blob.json()).toEqual(event['data']);
    const again = await post(text, { 'content-type': 'application/cloudevents+json' });
    expect(again).toMatchObject({ status: 200, body: { duplicates: 1 } });
  });

  it('may refer to data that was stored before', async () => {
    const { data: content, ...event } = plan('put', 4_000);
    const bytes = JSON.stringify(content);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const reference = { ...event, dataref: `urn:sha256:${digest}`, datadigest: `sha256:${digest}` };
    const send = () => post(JSON.stringify(reference), { 'content-type': 'application/cloudevents+json' });
    expect(await send()).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'unknown_blob', message: expect.stringContaining(`/v1/blobs/${digest}`) }] },
    });
    const put = () =>
      fetch(`${server.url}/v1/blobs/${digest}`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: bytes,
      });
    expect((await put()).status).toBe(201);
    expect(await (await put()).json()).toEqual({ sha256: digest, bytes: bytes.length });
    expect((await send()).status).toBe(201);
    const inline = await post(JSON.stringify(plan('put', 4_000)), {
      'content-type': 'application/cloudevents+json',
    });
    expect(inline).toMatchObject({ status: 200, body: { duplicates: 1 } });
  });

  it('can be approved like any other', async () => {
    await server.record(plan('approved', 4_000));
    await server.caughtUp();
    const { approveMixture } = await server.ask<{ approveMixture: object }>(
      'mutation { approveMixture(id: "approved", approvedBy: "someone else") { __typename } }',
    );
    expect(approveMixture).toEqual({ __typename: 'MixtureRecorded' });
  });
});

describe('a blob', () => {
  const put = (digest: string, body: string) =>
    fetch(`${server.url}/v1/blobs/${digest}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/octet-stream' },
      body,
    });

  it('is refused under another digest, and under a name that is not a digest', async () => {
    const wrong = await put('0'.repeat(64), 'x');
    expect(wrong.status).toBe(422);
    expect(await wrong.json()).toMatchObject({ title: 'other content' });
    expect((await put('name', 'x')).status).toBe(400);
  });

  it('is found or not', async () => {
    const digest = createHash('sha256').update('here').digest('hex');
    const head = async () => (await fetch(`${server.url}/v1/blobs/${digest}`, { method: 'HEAD' })).status;
    expect(await head()).toBe(404);
    await put(digest, 'here');
    expect(await head()).toBe(200);
  });
});
