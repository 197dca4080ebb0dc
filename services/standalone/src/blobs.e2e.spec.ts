import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;

beforeAll(async () => {
  server = await startServer(directory);
});
afterAll(async () => {
  await server.end('SIGKILL');
  removeDirectory(directory);
});

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
