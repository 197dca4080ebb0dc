import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ndjson,
  removeDirectory,
  runEnded as ended,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { Accepted, Reply, ServerUnderTest } from './server-under-test.fixture.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const NDJSON = 'application/x-ndjson';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

const body = <Body>({ text }: Reply): Body => JSON.parse(text);

describe('accepted events', () => {
  it('answers 201 with a receipt for each event, in the order of the request', async () => {
    const before = await server.logEnd();
    const reply = await server.send(ndjson([ended('first'), ended('first-again', { runId: 'run-first' })]));
    expect(reply).toMatchObject({ status: 201, type: expect.stringContaining('application/json') });
    expect(body(reply)).toEqual({
      stored: 2,
      duplicates: 0,
      storedByType: { 'training.run.ended': 2 },
      receipts: [
        receipt('first', String(Number(before) + 1), 'run/run-first', 1),
        receipt('first-again', String(Number(before) + 2), 'run/run-first', 2),
      ],
    });
  });

  it('answers the same batch with 200 and the bytes of the first receipts, and stores nothing', async () => {
    const batch = ndjson([ended('twice-1'), ended('twice-2')]);
    const first = await server.send(batch);
    const before = await server.logEnd();
    const second = await server.send(batch);
    expect(second.status).toBe(200);
    expect(receiptText(second)).toBe(receiptText(first));
    expect(body(second)).toMatchObject({ stored: 0, duplicates: 2, storedByType: {} });
    expect(await server.logEnd()).toBe(before);
  });

  it('recognises an event in any JSON spelling of the same content', async () => {
    const event = ended('respelt');
    const { receipts } = await server.record(event);
    const other = JSON.stringify(Object.fromEntries(Object.entries(event).toReversed()), undefined, 2);
    const reply = await server.send(other, { type: STRUCTURED });
    expect(reply.status).toBe(200);
    expect(body<Accepted>(reply).receipts).toEqual(receipts);
  });

  it('accepts one event or a batch, plain or in gzip, in every media type that it lists', async () => {
    const limits = await (await fetch(`${server.url}/v1/limits`)).json();
    expect(limits).toMatchObject({
      mediaTypes: [BATCH, STRUCTURED, NDJSON, 'application/ndjson'],
      contentEncodings: ['gzip'],
    });
    const one = (id: string) => JSON.stringify(ended(id));
    const replies = await Promise.all([
      server.send(one('structured'), { type: STRUCTURED }),
      server.send(`[${one('batch-1')},${one('batch-2')}]`, { type: `${BATCH}; charset=utf-8` }),
      server.send(one('line'), { type: 'application/ndjson' }),
      server.send(`\r\n${one('crlf')}\r\n\n`, { type: NDJSON }),
      server.send(gzipSync(one('structured-gzip')), { type: STRUCTURED, encoding: 'gzip' }),
      server.send(gzipSync(`[${one('batch-gzip')}]`), { type: BATCH, encoding: 'gzip' }),
      server.send(gzipSync(one('line-gzip')), { type: NDJSON, encoding: 'GZIP' }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual(Array.from({ length: 7 }, () => 201));
    expect(replies.map((reply) => body<Accepted>(reply).stored)).toEqual([1, 2, 1, 1, 1, 1, 1]);
  });

  it('stores an event once when clients send it at the same time', async () => {
    const replies = await Promise.all(Array.from({ length: 8 }, () => server.send(ndjson([ended('race')]))));
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(7);
    expect(new Set(replies.map(receiptText)).size).toBe(1);
  });

  it('accepts empty batches and stores nothing for them', async () => {
    const before = await server.logEnd();
    const replies = await Promise.all([server.send('\n\n'), server.send('[]', { type: BATCH })]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(await server.logEnd()).toBe(before);
  });

  it('returns a stored event at its position, with the hash of its receipt', async () => {
    const { receipts } = await server.record(ended('shown'));
    const { event } = await server.ask<{ event: object }>(
      'query ($at: Position!) { event(position: $at) { id hash json } }',
      {
        at: receipts[0]?.position,
      },
    );
    expect(event).toMatchObject({
      id: 'shown',
      hash: receipts[0]?.hash,
      json: expect.stringContaining('"id":"shown"'),
    });
  });
});

describe('refused events', () => {
  it('answers changed content under a known id with 409 and both hashes, and stores nothing', async () => {
    const { receipts } = await server.record(ended('changed'));
    const before = await server.logEnd();
    const reply = await server.send(ndjson([ended('other'), ended('changed', { lastStep: 2 })]));
    expect(reply).toMatchObject({ status: 409, type: expect.stringContaining('application/problem+json') });
    const [known] = receipts;
    expect(body(reply)).toMatchObject({
      status: 409,
      errors: [
        { index: 1, id: 'changed', knownHash: known?.hash, offeredHash: HASH, position: known?.position },
      ],
    });
    expect(body<{ errors: [{ offeredHash: string }] }>(reply).errors[0].offeredHash).not.toBe(known?.hash);
    expect(await server.logEnd()).toBe(before);
  });

  it('refuses a batch with two contents under one id', async () => {
    const before = await server.logEnd();
    const reply = await server.send(ndjson([ended('conflict'), ended('conflict', { lastStep: 2 })]));
    expect(reply.status).toBe(409);
    expect(await server.logEnd()).toBe(before);
  });

  it('answers 422 with pointer, rule and value of each bad event, and stores nothing', async () => {
    const before = await server.logEnd();
    const reply = await server.send(
      ndjson([
        ended('good'),
        ended('bad-status', { status: 'fine' }),
        ended('bad-step', { lastStep: -1 }),
        { ...ended('bad-id'), id: '' },
      ]),
    );
    expect(reply).toMatchObject({ status: 422, type: expect.stringContaining('application/problem+json') });
    expect(body(reply)).toMatchObject({
      errors: [
        {
          index: 1,
          code: 'schema_violation',
          id: 'bad-status',
          pointer: '/data/status',
          rule: 'enum',
          value: '"fine"',
        },
        {
          index: 2,
          code: 'schema_violation',
          id: 'bad-step',
          pointer: '/data/lastStep',
          rule: 'minimum',
          value: '-1',
        },
        { index: 3, code: 'invalid_envelope', pointer: '/id', rule: 'minLength', value: '""' },
      ],
    });
    expect(await server.logEnd()).toBe(before);
  });

  it('stores the valid events of a batch that is not atomic, and answers in the order of the request', async () => {
    const { receipts } = await server.record(ended('mix-known'), ended('mix-changed'));
    const reply = await server.send(
      ndjson([
        ended('mix-bad', { lastStep: -1 }),
        ended('mix-new'),
        ended('mix-changed', { lastStep: 2 }),
        ended('mix-known'),
        ended('mix-new-too'),
      ]),
      { query: '?atomic=false' },
    );
    expect(reply.status).toBe(207);
    expect(body(reply)).toMatchObject({
      stored: 2,
      duplicates: 1,
      receipts: [
        { index: 0, code: 'schema_violation', id: 'mix-bad' },
        { id: 'mix-new', hash: HASH },
        { index: 2, id: 'mix-changed', knownHash: receipts[1]?.hash },
        { id: 'mix-known', position: receipts[0]?.position },
        { id: 'mix-new-too', hash: HASH },
      ],
    });
  });
});

const HASH = expect.stringMatching(/^[0-9a-f]{64}$/);

const receipt = (id: string, position: string, stream: string, streamSequence: number) => ({
  source: 'urn:test',
  id,
  position,
  stream,
  streamSequence,
  hash: HASH,
  recordTime: expect.stringMatching(/^20.*Z$/),
});

const receiptText = ({ text }: Reply): string => text.slice(text.indexOf('"receipts"'));

describe('blobs', () => {
  const page = '<script>alert(1)</script>';
  const digestOf = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');
  const put = (sha256: string, body: string | Uint8Array, type = 'application/octet-stream') =>
    fetch(`${server.url}/v1/blobs/${sha256}`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
  const get = (sha256: string, method = 'GET') => fetch(`${server.url}/v1/blobs/${sha256}`, { method });

  it('stores content under its digest, says whether it is new, and returns it as a download', async () => {
    const sha256 = digestOf(page);
    expect((await get(sha256, 'HEAD')).status).toBe(404);
    expect((await put(sha256, page, 'text/html')).status).toBe(415);
    const first = await put(sha256, page);
    expect([first.status, await first.json()]).toEqual([201, { sha256, bytes: page.length }]);
    expect((await put(sha256, page)).status).toBe(200);
    const response = await get(sha256);
    expect(await response.text()).toBe(page);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await get(sha256, 'HEAD')).status).toBe(200);
  });

  it('accepts content that is larger than any other body', async () => {
    const large = Buffer.alloc(24 * 1024 * 1024, 'tributary');
    const sha256 = digestOf(large);
    expect((await put(sha256, large)).status).toBe(201);
    expect(digestOf(new Uint8Array(await (await get(sha256)).arrayBuffer()))).toBe(sha256);
  });

  it('stores nothing of content with another digest', async () => {
    const sha256 = digestOf('something else');
    const response = await put(sha256, page);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ title: 'other content' });
    expect((await get(sha256)).status).toBe(404);
  });

  it.each(['abc', 'A'.repeat(64), '..%2F..%2Fetc%2Fpasswd'])('refuses %j as a digest', async (digest) => {
    expect((await put(digest, page)).status).toBe(400);
    expect((await get(digest)).status).toBe(404);
  });
});
