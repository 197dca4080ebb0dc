import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LIMIT_KEYS, LIMIT_NAMES } from '@tributary/capture';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

const MIB = 1024 * 1024;

const directory = mkdtempSync(join(tmpdir(), 'refused-limits-'));
let server: EmbeddedServer;
beforeAll(async () => {
  server = await startEmbedded({ host: '127.0.0.1', port: 0, directory });
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

/** How often each limit has refused, by its name. */
async function counted(): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${server.url}/metrics`)).text();
  const samples = text.matchAll(/^tributary_requests_refused_total\{limit="(\w+)"\} (\d+)$/gm);
  return new Map([...samples].map(([, limit = '', count]) => [limit, Number(count)]));
}

type Sent = {
  readonly path: string;
  readonly type: string;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly isGzip?: boolean;
};

const events = (body: Sent['body'], more: Partial<Sent> = {}): Sent => ({
  path: '/v1/events',
  type: 'application/x-ndjson',
  body,
  ...more,
});
const question = (query: string): Sent => ({
  path: '/graphql',
  type: 'application/json',
  body: JSON.stringify({ query }),
});
const anEvent = (data: string) =>
  `{"specversion":"1.0","id":"1","source":"urn:test","type":"training.run.ended","data":${data}}`;
const members = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, at]));
const many = (count: number, field: string) =>
  `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ')} }`;
/** Gzip of so many bytes, which inflates to less than the ratio. */
const zipped = (bytes: number) =>
  new Uint8Array(gzipSync(randomBytes(200_000).toString('hex').padEnd(bytes, ' ')));

/** A valid event but for what one of its facets has. */
const runEvent = (facet: object) => ({
  eventType: 'START',
  eventTime: '2026-12-01T00:00:00Z',
  producer: 'urn:test',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: { runId: '01939e51-9d4b-7b7c-8a6e-2f3a4b5c6d7e' },
  job: {
    namespace: 'test',
    name: 'job',
    facets: { wide: { _producer: 'urn:test', _schemaURL: 'urn:test', ...facet } },
  },
});
const EMPTY_LINEAGE = { path: '/api/v1/lineage', type: 'application/json' };

it.each<[limit: keyof typeof LIMIT_KEYS, sent: Sent]>([
  ['wireBytes', events(' '.repeat(4 * MIB + 1))],
  ['bodyBytes', events(zipped(8 * MIB + 1), { isGzip: true })],
  ['lineageBodyBytes', events(zipped(32 * MIB + 1), { ...EMPTY_LINEAGE, isGzip: true })],
  ['batchEvents', events('{}\n'.repeat(5_001))],
  [
    'batchEvents',
    { path: '/api/v1/lineage/batch', type: 'application/json', body: `[${'1,'.repeat(5_000)}1]` },
  ],
  ['eventDepth', events(anEvent(`{"lastStep":${'['.repeat(9_000)}${']'.repeat(9_000)}}`))],
  ['inflationRatio', events(new Uint8Array(gzipSync(Buffer.alloc(4 * MIB))), { isGzip: true })],
  ['eventDepth', { ...EMPTY_LINEAGE, body: `{"a":${'['.repeat(9_000)}${']'.repeat(9_000)}}` }],
  ['eventKeys', { ...EMPTY_LINEAGE, body: JSON.stringify(runEvent(members(10_001))) }],
  ['eventKeys', events(anEvent(JSON.stringify(members(10_001))))],
  ['tokens', question(`{ ${'status { lag } '.repeat(600)} }`)],
  ['rootFields', question(many(21, 'status { lag }'))],
  ['cost', question(many(6, 'attribution { __typename }'))],
])('a request that meets %s is told so, and is counted', async (limit, { path, type, body, isGzip }) => {
  const before = (await counted()).get(limit) ?? NaN;
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(isGzip && { 'content-encoding': 'gzip' }) },
    body,
  });
  const answer = JSON.parse(await response.text());
  const refusal = path === '/graphql' ? answer.errors[0].extensions : answer;
  expect(refusal).toMatchObject({ limit, key: LIMIT_KEYS[limit], retryable: false });
  expect(response.status).toBeGreaterThanOrEqual(400);
  await expect.poll(async () => (await counted()).get(limit)).toBe(before + 1);
});

it('every limit is counted from the start', async () => {
  expect([...(await counted()).keys()].toSorted()).toEqual([...LIMIT_NAMES].toSorted());
});
