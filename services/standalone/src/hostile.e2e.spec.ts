import { brotliCompressSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  announce,
  fact,
  removeDirectory,
  runEnded as ended,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { SentEvent, ServerUnderTest } from './server-under-test.fixture.ts';

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

const steps = (id: string, data: object = {}): SentEvent =>
  fact(
    'training.steps.recorded',
    { runId: `run-${id}`, attempt: 1, steps: [1], columns: { loss: [2.5] }, ...data },
    id,
  );

/** Zeros of this many MiB. One compressed member is repeated, because a gzip file is a sequence of members. */
function bomb(megabytes: number): Uint8Array {
  const member = gzipSync(Buffer.alloc(MEGABYTE));
  return Buffer.concat(Array.from({ length: megabytes }, () => member));
}

/** An event whose text is changed directly, because JSON.stringify would correct it. */
const corrupted = (id: string, from: string, to: string): string =>
  JSON.stringify(ended(id)).replace(from, to);
const inTwoDays = new Date(Date.now() + 2 * 86_400_000).toISOString();

it.each<[string, string | Uint8Array, string, string]>([
  [
    'an unknown type',
    JSON.stringify(ended('h', {}, { type: 'training.run.paused' })),
    'unknown_type',
    '/type',
  ],
  [
    'a type that every object inherits',
    JSON.stringify(ended('h', {}, { type: 'constructor' })),
    'unknown_type',
    '/type',
  ],
  ['the prototype as a type', JSON.stringify(ended('h', {}, { type: '__proto__' })), 'unknown_type', '/type'],
  [
    'another major version',
    JSON.stringify(ended('h', {}, { dataschema: 'urn:tributary:schema:training.run.ended:2.0' })),
    'unknown_version',
    '/dataschema',
  ],
  [
    'an attribute that only the server sets',
    JSON.stringify(ended('h', {}, { recordtime: '2026-01-01T00:00:00Z' })),
    'invalid_envelope',
    '/recordtime',
  ],
  [
    'a number that does not round-trip',
    corrupted('h', '"lastStep":1', '"lastStep":9007199254740993'),
    'number_not_exact',
    '/data/lastStep',
  ],
  [
    'a number beyond every float',
    corrupted('h', '"lastStep":1', '"lastStep":1e400'),
    'number_not_exact',
    '/data/lastStep',
  ],
  ['a bare NaN', corrupted('h', '"lastStep":1', '"lastStep":NaN'), 'not_finite', ''],
  ['a bare minus Infinity', corrupted('h', '"lastStep":1', '"lastStep":-Infinity'), 'not_finite', ''],
  ['a key twice', corrupted('h', '"attempt":1', '"attempt":1,"attempt":1'), 'duplicate_key', '/data/attempt'],
  [
    'a key twice in two spellings',
    corrupted('h', '"attempt":1', '"attempt":1,"\\u0061ttempt":1'),
    'duplicate_key',
    '/data/attempt',
  ],
  ['a NUL', JSON.stringify(ended('h', { reason: 'a\0b' })), 'invalid_text', '/data/reason'],
  [
    'half of a surrogate pair',
    corrupted('h', '"lastStep":1', '"lastStep":1,"reason":"\\ud800"'),
    'invalid_text',
    '/data/reason',
  ],
  [
    'more than 1 MiB of telemetry',
    JSON.stringify(steps('h', { runId: 'x'.repeat(1_100_000) })),
    'event_too_large',
    '',
  ],
  ['a time two days ahead', JSON.stringify(ended('h', {}, { time: inTwoDays })), 'clock_skew', ''],
  [
    'a leap second',
    JSON.stringify(ended('h', {}, { time: '2026-12-31T23:59:60Z' })),
    'invalid_envelope',
    '/time',
  ],
  ['200,000 brackets', `${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'invalid_envelope', ''],
  ['brackets that never close', '['.repeat(200_000), 'invalid_json', ''],
  [
    'an event that nests without end',
    corrupted('h', '"lastStep":1', `"lastStep":${'['.repeat(9_000)}${']'.repeat(9_000)}`),
    'too_deep',
    '/data/lastStep',
  ],
  [
    'a prototype among the attributes',
    corrupted('h', '"data"', '"__proto__":{"type":"x"},"data"'),
    'invalid_envelope',
    '/__proto__',
  ],
  [
    'a prototype in the data',
    corrupted('h', '"lastStep":1', '"lastStep":1,"__proto__":{"attempt":9}'),
    'schema_violation',
    '/data/__proto__',
  ],
  [
    'a constructor in the data',
    corrupted('h', '"lastStep":1', '"lastStep":1,"constructor":{"prototype":{}}'),
    'schema_violation',
    '/data/constructor',
  ],
  [
    'bytes that are not UTF-8',
    Buffer.from(JSON.stringify(ended('h', { reason: 'é' })), 'latin1'),
    'invalid_utf8',
    '',
  ],
  ['UTF-16', Buffer.from(JSON.stringify(ended('h')), 'utf16le'), 'invalid_json', ''],
  ['an empty body', '', 'invalid_json', ''],
  ['a number instead of an event', '1', 'invalid_envelope', ''],
  ['null instead of an event', 'null', 'invalid_envelope', ''],
])('answers %s with its own code and keeps serving', async (_what, text, code, pointer) => {
  const before = await server.logEnd();
  const reply = await server.send(text, { type: STRUCTURED });
  expect(reply).toMatchObject({ status: 422, type: expect.stringContaining('application/problem+json') });
  expect(JSON.parse(reply.text)).toMatchObject({
    errors: [{ index: 0, code, pointer: expect.stringContaining(pointer) }],
  });
  expect(await server.logEnd()).toBe(before);
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
  const before = await server.logEnd();
  const reply = await server.send(content, options);
  expect(reply).toMatchObject({ status, type: expect.stringContaining('application/problem+json') });
  expect(JSON.parse(reply.text)).toMatchObject({
    status,
    title: expect.stringMatching(/^[a-z]/),
    detail: expect.stringMatching(/.{20}/),
  });
  expect(await server.logEnd()).toBe(before);
});

it('refuses more than 4 MiB on the wire by the announced length, before the body arrives', async () => {
  const headers = { 'content-type': NDJSON, 'content-length': 4 * MEGABYTE + 1 };
  const { body: problem } = await announce(`${server.url}/v1/events`, headers);
  expect(problem).toMatchObject({ status: 413, title: 'body too large', maxBytes: 4 * MEGABYTE });
});

it('names every invalid element of an array', async () => {
  const reply = await server.send('[1,"a",null,[],{},true]', { type: BATCH });
  expect(reply.status).toBe(422);
  expect(JSON.parse(reply.text).errors).toMatchObject(
    [0, 1, 2, 3, 4, 5].map((index) => ({ index, code: 'invalid_envelope' })),
  );
});

it('stores metrics whose names are properties that every object inherits', async () => {
  await server.record(steps('inherited', { columns: { loss: [1], constructor: [2], toString: [3] } }));
  await server.send(JSON.stringify(steps('inherited-proto')).replace('"loss"', '"__proto__"'));
  expect(await tables()).toMatchObject({ fault: null, lag: 0 });
});

it('still answers and follows the log afterwards', async () => {
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  await server.record(ended('after'));
  expect(await tables()).toMatchObject({ fault: null, complete: true, lag: 0 });
});

/** The position of the tables when they contain everything that is in the log now. */
async function tables(): Promise<object> {
  await server.caughtUp();
  return (await server.ask<{ status: object }>('{ status { fault complete lag } }')).status;
}
