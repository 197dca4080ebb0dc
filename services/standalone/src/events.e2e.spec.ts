import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ndjson, removeDirectory, startServer, temporaryDirectory } from './server-under-test.suite.ts';
import type { Accepted, Reply, SentEvent, ServerUnderTest } from './server-under-test.suite.ts';

const STRUCTURED = 'application/cloudevents+json';
const BATCH = 'application/cloudevents-batch+json';
const NDJSON = 'application/x-ndjson';
const MEGABYTE = 1024 * 1024;

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

/** The end of a run of its own, so that every event starts a stream. */
const ended = (id: string, data: object = {}, more: object = {}): SentEvent => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'training.run.ended',
  data: { runId: `run-${id}`, attempt: 1, status: 'completed', lastStep: 1, ...data },
  ...more,
});

const steps = (id: string, data: object = {}): SentEvent => ({
  specversion: '1.0',
  id,
  source: 'urn:test',
  type: 'training.steps.recorded',
  data: { runId: `run-${id}`, attempt: 1, steps: [1], columns: { loss: [2.5] }, ...data },
});

const structured = (text: string): Promise<Reply> => server.send(text, { type: STRUCTURED });
const body = <Body>({ text }: Reply): Body => JSON.parse(text);

async function logged(): Promise<number> {
  const { status } = await server.ask<{ status: { log: { position: string } } }>('{ status { log { position } } }');
  return Number(status.log.position);
}

describe('events that are taken', () => {
  it('answers 201 with a receipt for each event, in the order of the request', async () => {
    const before = await logged();
    const reply = await server.send(ndjson([ended('first'), ended('first-again', { runId: 'run-first' })]));
    expect(reply).toMatchObject({ status: 201, type: expect.stringContaining('application/json') });
    expect(body(reply)).toEqual({
      stored: 2,
      duplicates: 0,
      storedByType: { 'training.run.ended': 2 },
      receipts: [
        receipt('first', String(before + 1), 'run/run-first', 1),
        receipt('first-again', String(before + 2), 'run/run-first', 2),
      ],
    });
  });

  it('answers the same batch with 200 and the bytes of the first receipts, and stores nothing', async () => {
    const batch = ndjson([ended('twice-1'), ended('twice-2')]);
    const first = await server.send(batch);
    const before = await logged();
    const second = await server.send(batch);
    expect(second.status).toBe(200);
    expect(receiptText(second)).toBe(receiptText(first));
    expect(body(second)).toMatchObject({ stored: 0, duplicates: 2, storedByType: {} });
    expect(await logged()).toBe(before);
  });

  it('knows an event again in any spelling of the same content', async () => {
    const event = ended('respelt');
    const { receipts } = await server.record(event);
    const other = JSON.stringify({ ...Object.fromEntries(Object.entries(event).toReversed()) }, undefined, 2);
    const reply = await structured(other);
    expect(reply.status).toBe(200);
    expect(body<Accepted>(reply).receipts).toEqual(receipts);
  });

  it('takes one event or a batch, plain or in gzip, in every media type that it names', async () => {
    const limits = await (await fetch(`${server.url}/v1/limits`)).json();
    expect(limits).toMatchObject({ mediaTypes: [BATCH, STRUCTURED, NDJSON, 'application/ndjson'], contentEncodings: ['gzip'] });
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
    expect(replies.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 200, 200, 200, 201]);
    expect(new Set(replies.map(receiptText)).size).toBe(1);
  });

  it('takes batches without events, and stores nothing for them', async () => {
    const before = await logged();
    const replies = await Promise.all([server.send('\n\n'), server.send('[]', { type: BATCH })]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(await logged()).toBe(before);
  });

  it('shows a stored event at its position, with the hash of its receipt', async () => {
    const { receipts } = await server.record(ended('shown'));
    const { event } = await server.ask<{ event: object }>('query ($at: Position!) { event(position: $at) { id hash json } }', {
      at: receipts[0]?.position,
    });
    expect(event).toMatchObject({ id: 'shown', hash: receipts[0]?.hash, json: expect.stringContaining('"id":"shown"') });
  });
});

describe('events that are refused', () => {
  it('answers changed content under a known id with 409 and both hashes, and stores nothing', async () => {
    const { receipts } = await server.record(ended('changed'));
    const before = await logged();
    const reply = await server.send(ndjson([ended('beside'), ended('changed', { lastStep: 2 })]));
    expect(reply).toMatchObject({ status: 409, type: expect.stringContaining('application/problem+json') });
    const [known] = receipts;
    expect(body(reply)).toMatchObject({
      status: 409,
      errors: [{ index: 1, id: 'changed', knownHash: known?.hash, offeredHash: HASH, position: known?.position }],
    });
    expect(body<{ errors: [{ offeredHash: string }] }>(reply).errors[0].offeredHash).not.toBe(known?.hash);
    expect(await logged()).toBe(before);
  });

  it('refuses a batch that holds two contents under one id', async () => {
    const before = await logged();
    const reply = await server.send(ndjson([ended('rival'), ended('rival', { lastStep: 2 })]));
    expect(reply.status).toBe(409);
    expect(await logged()).toBe(before);
  });

  it('answers 422 with pointer, rule and value of each bad event, and stores nothing', async () => {
    const before = await logged();
    const reply = await server.send(
      ndjson([ended('good'), ended('bad-status', { status: 'fine' }), ended('bad-step', { lastStep: -1 }), { ...ended('bad-id'), id: '' }]),
    );
    expect(reply).toMatchObject({ status: 422, type: expect.stringContaining('application/problem+json') });
    expect(body(reply)).toMatchObject({
      errors: [
        { index: 1, code: 'schema_violation', id: 'bad-status', pointer: '/data/status', rule: 'enum', value: '"fine"' },
        { index: 2, code: 'schema_violation', id: 'bad-step', pointer: '/data/lastStep', rule: 'minimum', value: '-1' },
        { index: 3, code: 'invalid_envelope', pointer: '/id', rule: 'minLength', value: '""' },
      ],
    });
    expect(await logged()).toBe(before);
  });

  it('stores the good ones of a batch that need not be atomic, and answers in the order of the request', async () => {
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

describe('hostile input', () => {
  /** In place of one event: an event whose text is changed by hand, since JSON.stringify would mend it. */
  const spoilt = (id: string, from: string, to: string): string => JSON.stringify(ended(id)).replace(from, to);
  const twoDaysAhead = new Date(Date.now() + 2 * 86_400_000).toISOString();

  it.each<[string, string | Uint8Array, string, string]>([
    ['an unknown type', JSON.stringify(ended('h', {}, { type: 'training.run.paused' })), 'unknown_type', '/type'],
    ['a type that every object inherits', JSON.stringify(ended('h', {}, { type: 'constructor' })), 'unknown_type', '/type'],
    ['the prototype as a type', JSON.stringify(ended('h', {}, { type: '__proto__' })), 'unknown_type', '/type'],
    ['another major version', JSON.stringify(ended('h', {}, { dataschema: 'urn:tributary:schema:training.run.ended:2.0' })), 'unknown_version', '/dataschema'],
    ['an attribute that only the server sets', JSON.stringify(ended('h', {}, { recordtime: '2026-01-01T00:00:00Z' })), 'invalid_envelope', '/recordtime'],
    ['a number that does not round-trip', spoilt('h', '"lastStep":1', '"lastStep":9007199254740993'), 'number_not_exact', '/data/lastStep'],
    ['a number beyond every float', spoilt('h', '"lastStep":1', '"lastStep":1e400'), 'number_not_exact', '/data/lastStep'],
    ['a bare NaN', spoilt('h', '"lastStep":1', '"lastStep":NaN'), 'not_finite', ''],
    ['a bare minus Infinity', spoilt('h', '"lastStep":1', '"lastStep":-Infinity'), 'not_finite', ''],
    ['a key twice', spoilt('h', '"attempt":1', '"attempt":1,"attempt":1'), 'duplicate_key', '/data/attempt'],
    ['a key twice in two spellings', spoilt('h', '"attempt":1', '"attempt":1,"\\u0061ttempt":1'), 'duplicate_key', '/data/attempt'],
    ['a NUL', JSON.stringify(ended('h', { reason: 'a\0b' })), 'invalid_text', '/data/reason'],
    ['half of a surrogate pair', spoilt('h', '"lastStep":1', '"lastStep":1,"reason":"\\ud800"'), 'invalid_text', '/data/reason'],
    ['more than 64 KiB', JSON.stringify(ended('h', { reason: 'x'.repeat(66_000) })), 'event_too_large', ''],
    ['more than 1 MiB of telemetry', JSON.stringify(steps('h', { runId: 'x'.repeat(1_100_000) })), 'event_too_large', ''],
    ['a time two days ahead', JSON.stringify(ended('h', {}, { time: twoDaysAhead })), 'clock_skew', ''],
    ['a leap second', JSON.stringify(ended('h', {}, { time: '2026-12-31T23:59:60Z' })), 'invalid_envelope', '/time'],
    ['200,000 brackets', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'invalid_envelope', ''],
    ['brackets that never close', '['.repeat(200_000), 'invalid_json', ''],
    ['an event that nests without end', spoilt('h', '"lastStep":1', `"lastStep":${'['.repeat(9_000)}${']'.repeat(9_000)}`), 'too_deep', '/data/lastStep'],
    ['a prototype among the attributes', spoilt('h', '"data"', '"__proto__":{"type":"x"},"data"'), 'invalid_envelope', '/__proto__'],
    ['a prototype in the data', spoilt('h', '"lastStep":1', '"lastStep":1,"__proto__":{"attempt":9}'), 'schema_violation', '/data/__proto__'],
    ['a constructor in the data', spoilt('h', '"lastStep":1', '"lastStep":1,"constructor":{"prototype":{}}'), 'schema_violation', '/data/constructor'],
    ['bytes that are not UTF-8', Buffer.from(JSON.stringify(ended('h', { reason: 'é' })), 'latin1'), 'invalid_utf8', ''],
    ['UTF-16', Buffer.from(JSON.stringify(ended('h')), 'utf16le'), 'invalid_json', ''],
    ['an empty body', '', 'invalid_json', ''],
    ['a number in place of an event', '1', 'invalid_envelope', ''],
    ['null in place of an event', 'null', 'invalid_envelope', ''],
  ])('answers %s with its own code and goes on', async (_what, text, code, pointer) => {
    const before = await logged();
    const reply = await server.send(text, { type: STRUCTURED });
    expect(reply).toMatchObject({ status: 422, type: expect.stringContaining('application/problem+json') });
    expect(body(reply)).toMatchObject({ errors: [{ index: 0, code, pointer: expect.stringContaining(pointer) }] });
    expect(await logged()).toBe(before);
  });

  it.each<[number, string, string | Uint8Array, { type?: string; encoding?: string }]>([
    [415, 'an unknown media type', '{}', { type: 'application/json' }],
    [415, 'a media type that is none', '{}', { type: '////' }],
    [415, 'brotli', brotliCompressSync(JSON.stringify(ended('br'))), { encoding: 'br' }],
    [415, 'deflate', 'x', { encoding: 'deflate' }],
    [415, 'gzip twice', gzipSync(gzipSync(JSON.stringify(ended('gz')))), { encoding: 'gzip, gzip' }],
    [400, 'broken gzip', 'hello', { encoding: 'gzip' }],
    [400, 'gzip that ends early', gzipSync(JSON.stringify(ended('gz'))).subarray(0, 40), { encoding: 'gzip' }],
    [400, 'an empty batch body', '', { type: BATCH }],
    [400, 'a batch that is an object', '{}', { type: BATCH }],
    [400, 'a batch that is not UTF-8', Buffer.from([0x5b, 0xff, 0x5d]), { type: BATCH }],
    [413, 'more than 8 MiB inflated', gzipSync(Buffer.alloc(8 * MEGABYTE + 1, ' ')), { encoding: 'gzip' }],
    [413, 'a gzip bomb of 1 GiB', bomb(1024), { encoding: 'gzip' }],
    [413, 'more than 5,000 events', '{}\n'.repeat(5_001), {}],
  ])('answers %i to %s, in words', async (status, _what, content, options) => {
    const before = await logged();
    const reply = await server.send(content, options);
    expect(reply).toMatchObject({ status, type: expect.stringContaining('application/problem+json') });
    expect(body(reply)).toMatchObject({ status, title: expect.stringMatching(/^[a-z]/), detail: expect.stringMatching(/.{20}/) });
    expect(await logged()).toBe(before);
  });

  it('refuses more than 4 MiB on the wire by what the request announces, before it comes', async () => {
    const announcing = request(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': NDJSON, 'content-length': 4 * MEGABYTE + 1 },
    });
    announcing.flushHeaders();
    const [response]: IncomingMessage[] = await once(announcing, 'response');
    const problem: unknown = JSON.parse(Buffer.concat(await response!.toArray()).toString('utf8'));
    announcing.destroy();
    expect(problem).toMatchObject({ status: 413, title: 'body too large', maxBytes: 4 * MEGABYTE });
  });

  it('names every element of an array of junk', async () => {
    const reply = await server.send('[1,"a",null,[],{},true]', { type: BATCH });
    expect(reply.status).toBe(422);
    expect(body<{ errors: unknown[] }>(reply).errors).toMatchObject([0, 1, 2, 3, 4, 5].map((index) => ({ index, code: 'invalid_envelope' })));
  });

  it('keeps names of metrics that every object inherits apart from what objects inherit', async () => {
    await server.record(steps('inherited', { columns: { loss: [1], constructor: [2], toString: [3] } }));
    await server.send(JSON.stringify(steps('inherited-proto')).replace('"loss"', '"__proto__"'));
    expect(await projected()).toMatchObject({ fault: null, lag: 0 });
  });

  it('answers and follows the log after all of it', async () => {
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    await server.record(ended('after'));
    expect(await projected()).toMatchObject({ fault: null, complete: true, lag: 0 });
  });
});

/** The state of the tables once they hold what the log holds now. */
async function projected(): Promise<object> {
  const asOf = String(await logged());
  await server.askText('query ($asOf: Position) { runs(asOf: $asOf) { next } }', { asOf });
  return (await server.ask<{ status: object }>('{ status { fault complete lag } }')).status;
}

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

/** Zeros of this many MiB, packed once and repeated: members of a gzip file follow each other. */
function bomb(megabytes: number): Uint8Array {
  const member = gzipSync(Buffer.alloc(MEGABYTE));
  return Buffer.concat(Array.from({ length: megabytes }, () => member));
}
