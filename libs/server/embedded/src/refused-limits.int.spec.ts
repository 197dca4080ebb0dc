import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LIMIT_NAMES } from '@tributary/capture';
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
const many = (count: number, field: string) =>
  `{ ${Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ')} }`;
const zipped = (bytes: number) => new Uint8Array(gzipSync(Buffer.alloc(bytes, ' ')));

it.each<[limit: string, key: string | undefined, sent: Sent]>([
  ['wireBytes', undefined, events(' '.repeat(4 * MIB + 1))],
  ['bodyBytes', undefined, events(zipped(8 * MIB + 1), { isGzip: true })],
  [
    'bodyBytes',
    undefined,
    events(zipped(32 * MIB + 1), { path: '/api/v1/lineage', type: 'application/json', isGzip: true }),
  ],
  ['batchEvents', undefined, events('{}\n'.repeat(5_001))],
  [
    'batchEvents',
    undefined,
    { path: '/api/v1/lineage/batch', type: 'application/json', body: `[${'1,'.repeat(5_000)}1]` },
  ],
  ['eventDepth', undefined, events(anEvent(`{"lastStep":${'['.repeat(9_000)}${']'.repeat(9_000)}}`))],
  ['tokens', 'TRIBUTARY_GRAPHQL_TOKENS', question(`{ ${'status { lag } '.repeat(600)} }`)],
  ['rootFields', 'TRIBUTARY_GRAPHQL_ROOT_FIELDS', question(many(21, 'status { lag }'))],
  ['cost', 'TRIBUTARY_GRAPHQL_COST', question(many(6, 'attribution { __typename }'))],
])('a request that meets %s is told so, and is counted', async (limit, key, { path, type, body, isGzip }) => {
  const before = (await counted()).get(limit) ?? NaN;
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': type, ...(isGzip && { 'content-encoding': 'gzip' }) },
    body,
  });
  const answer = JSON.parse(await response.text());
  const refusal = path === '/graphql' ? answer.errors[0].extensions : answer;
  expect(refusal).toMatchObject({ limit });
  expect(refusal.key).toBe(key);
  expect(response.status).toBeGreaterThanOrEqual(400);
  await expect.poll(async () => (await counted()).get(limit)).toBe(before + 1);
});

it('every limit is counted from the start', async () => {
  expect([...(await counted()).keys()].toSorted()).toEqual([...LIMIT_NAMES].toSorted());
});
