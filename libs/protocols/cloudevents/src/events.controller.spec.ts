import { gzipSync } from 'node:zlib';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudEventsControllers, EVENTS, replayEvents, streamBlobs } from './index.ts';

let served: ServedProtocol;
beforeAll(async () => {
  const isRaw = (path: string) => path === '/v1/events';
  served = await serveProtocol({ controllers: cloudEventsControllers, isRaw, stream: streamBlobs });
});
afterAll(() => served.close());

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const ended = (more: object = {}) => ({ runId: 'r', attempt: 1, status: 'completed', ...more });
const event = (id: string, data: object = ended()) => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'training.run.ended',
  data,
});

async function post(
  type: string,
  body: string | Buffer,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
) {
  const response = await fetch(`${served.url}/v1/events${query}`, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  return { status: response.status, headers: response.headers, answer: JSON.parse(await response.text()) };
}

describe('one structured event', () => {
  it('is stored with a receipt, and is a duplicate when it is sent again', async () => {
    const first = await post(STRUCTURED, JSON.stringify(event('one')));
    expect(first).toMatchObject({
      status: 201,
      answer: {
        stored: 1,
        duplicates: 0,
        storedByType: { 'training.run.ended': 1 },
        receipts: [{ id: 'one' }],
      },
    });
    const again = await post(STRUCTURED, JSON.stringify(event('one')));
    expect(again).toMatchObject({ status: 200, answer: { stored: 0, duplicates: 1 } });
  });

  it('conflicts with other content under its id', async () => {
    await post(STRUCTURED, JSON.stringify(event('taken')));
    const { status, answer } = await post(STRUCTURED, JSON.stringify(event('taken', ended({ lastStep: 9 }))));
    expect({ status, answer }).toMatchObject({
      status: 409,
      answer: { errors: [{ id: 'taken', index: 0 }] },
    });
  });

  it('is refused with code, pointer and value, as RFC 9457', async () => {
    const { status, headers, answer } = await post(
      STRUCTURED,
      JSON.stringify(event('bad', ended({ lastStep: -1 }))),
    );
    expect(status).toBe(422);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(answer).toMatchObject({
      title: 'events refused',
      errors: [{ index: 0, code: 'schema_violation', pointer: '/data/lastStep', value: '-1', id: 'bad' }],
    });
  });

  it('is read from gzip, and refused in another content coding', async () => {
    const gzip = gzipSync(JSON.stringify(event('zipped')));
    expect(await post(STRUCTURED, gzip, { headers: { 'content-encoding': 'gzip' } })).toMatchObject({
      status: 201,
    });
    const broken = await post(STRUCTURED, '{}', { headers: { 'content-encoding': 'gzip' } });
    expect(broken).toMatchObject({ status: 400, answer: { title: 'broken gzip' } });
    const padded = Buffer.concat([gzip, Buffer.alloc(512), gzip]);
    const more = await post(STRUCTURED, padded, { headers: { 'content-encoding': 'gzip' } });
    expect(more).toMatchObject({ status: 400, answer: { title: 'bytes after gzip' } });
    const brotli = await post(STRUCTURED, '{}', { headers: { 'content-encoding': 'br' } });
    expect(brotli).toMatchObject({ status: 415, answer: { title: 'unknown content coding' } });
  });
});

describe('a batch', () => {
  it('is atomic unless the sender says otherwise', async () => {
    const batch = JSON.stringify([event('good'), event('wrong', ended({ status: 'fine' }))]);
    expect(await post(BATCH, batch)).toMatchObject({ status: 422 });
    expect((await served.events()).map(({ id }) => id)).not.toContain('good');
    const partial = await post(BATCH, batch, { query: '?atomic=false' });
    expect(partial).toMatchObject({
      status: 207,
      answer: { stored: 1, receipts: [{ id: 'good' }, { index: 1 }] },
    });
    const { deadLetterId } = partial.answer.receipts[1];
    const kept = await served.deadLetters.get(deadLetterId);
    expect(kept?.deadLetter).toMatchObject({
      endpoint: EVENTS,
      code: 'schema_violation',
      contentType: STRUCTURED,
    });
  });

  it('keeps every event of a request that is not atomic and has no valid one', async () => {
    const { status, answer } = await post('application/x-ndjson', '{\n[', { query: '?atomic=false' });
    expect(status).toBe(422);
    expect(answer.errors.map((error: { deadLetterId?: string }) => typeof error.deadLetterId)).toEqual([
      'string',
      'string',
    ]);
  });

  it('must be an array, and is kept as a dead letter where it is not', async () => {
    expect(await post(BATCH, '{}')).toMatchObject({ status: 400, answer: { title: 'not a batch' } });
    const { answer } = await post(BATCH, '{}', { query: '?atomic=false' });
    expect((await served.deadLetters.get(answer.deadLetterId))?.deadLetter.code).toBe('not_a_batch');
  });

  it('holds at most 5,000 events', async () => {
    const { status, answer } = await post('application/x-ndjson', '{}\n'.repeat(5_001));
    expect({ status, maxEvents: answer.maxEvents }).toEqual({ status: 413, maxEvents: 5_000 });
  });
});

describe('binary mode', () => {
  const headers = {
    'ce-specversion': '1.0',
    'ce-type': 'training.run.ended',
    'ce-source': 'urn:test',
    'ce-id': 'binary%20id',
  };

  it('makes one event of headers and body', async () => {
    const { status } = await post('application/json', JSON.stringify(ended()), { headers });
    expect(status).toBe(201);
    expect((await served.events()).at(-1)).toMatchObject({ id: 'binary id', data: ended() });
  });

  it('refuses a header that cannot be decoded, and keeps the body', async () => {
    const { status, answer } = await post('application/json', '{"a":1}', {
      query: '?atomic=false',
      headers: { ...headers, 'ce-subject': '%ff' },
    });
    expect({ status, pointer: answer.errors[0].pointer }).toEqual({ status: 422, pointer: '/subject' });
    const kept = await served.deadLetters.get(answer.errors[0].deadLetterId);
    expect(Buffer.from(kept?.bytes ?? '').toString()).toBe('{"a":1}');
  });

  it('needs headers, and no media type of CloudEvents that is not supported', async () => {
    for (const type of ['application/json', 'text/plain', 'application/cloudevents+avro'])
      expect(await post(type, '{}')).toMatchObject({ status: 415, answer: { title: 'unknown media type' } });
  });
});

it('tells clients what it accepts', async () => {
  const options = await fetch(`${served.url}/v1/events`, { method: 'OPTIONS' });
  expect(options.status).toBe(204);
  expect(options.headers.get('accept-post')).toContain(BATCH);
  const limits = await (await fetch(`${served.url}/v1/limits`)).json();
  expect(limits).toMatchObject({
    binaryMode: true,
    maxEvents: 5_000,
    maxInlineBytes: 65_536,
    contentEncodings: ['gzip'],
  });
});

describe('a replay', () => {
  const replay = (text: string, contentType = STRUCTURED) =>
    replayEvents(served.endpoint, { contentType, bytes: Buffer.from(text) });

  it('stores a fixed event, and returns its position again for one that is stored', async () => {
    const first = await replay(JSON.stringify(event('fixed')));
    expect(first).toMatchObject({ ok: true });
    expect(await replay(JSON.stringify(event('fixed')))).toEqual(first);
  });

  it.each([
    ['{', STRUCTURED, 'invalid_json'],
    [JSON.stringify(event('fixed', ended({ lastStep: 3 }))), STRUCTURED, 'id_conflict'],
    ['{}', BATCH, 'not_a_batch'],
    ['{}\n'.repeat(5_001), 'application/x-ndjson', 'not_a_batch'],
  ])('refuses %j as %s with its code', async (text, contentType, code) => {
    expect(await replay(text, contentType)).toMatchObject({ ok: false, reason: { code } });
  });
});
