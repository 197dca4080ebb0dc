import { createHash } from 'node:crypto';
import { metLimit, REQUEST_LIMITS } from '@tributary/capture';
import { serveProtocol } from '@tributary/test-endpoint';
import type { ServedProtocol } from '@tributary/test-endpoint';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudEventsControllers, streamBlobs } from './index.ts';

let served: ServedProtocol;
beforeAll(async () => {
  served = await serveProtocol({ controllers: cloudEventsControllers, stream: streamBlobs });
});
afterAll(() => served.close());

const digestOf = (content: string) => createHash('sha256').update(content).digest('hex');
const put = (digest: string, body: string, url = served.url) =>
  fetch(`${url}/v1/blobs/${digest}`, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  });

describe('content by its digest', () => {
  it('is stored once, whatever its media type', async () => {
    const first = await put(digestOf('{"a":1}'), '{"a":1}');
    expect(first.status).toBe(201);
    expect(await first.json()).toEqual({ sha256: digestOf('{"a":1}'), bytes: 7 });
    expect((await put(digestOf('{"a":1}'), '{"a":1}')).status).toBe(200);
  });

  it('is returned so that no browser runs it', async () => {
    await put(digestOf('<script>'), '<script>');
    const response = await fetch(`${served.url}/v1/blobs/${digestOf('<script>')}`);
    expect(await response.text()).toBe('<script>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect((await fetch(`${served.url}/v1/blobs/${digestOf('<script>')}`, { method: 'HEAD' })).status).toBe(
      200,
    );
  });

  it('is unknown until it is stored', async () => {
    const path = `${served.url}/v1/blobs/${digestOf('absent')}`;
    const response = await fetch(path);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ title: 'unknown content' });
    expect((await fetch(path, { method: 'HEAD' })).status).toBe(404);
  });
});

it.each(['ABC', '0'.repeat(63), 'G'.repeat(64)])('refuses the digest %s', async (digest) => {
  const response = await put(digest, 'x');
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ title: 'no digest' });
});

it('refuses content beyond its limit whatever length it announces, says what changes that, and keeps nothing', async () => {
  const limits = { ...REQUEST_LIMITS, blobBytes: 3 };
  const small = await serveProtocol({
    controllers: cloudEventsControllers,
    stream: streamBlobs,
    replace: { limits },
  });
  expect((await put(digestOf('abc'), 'abc', small.url)).status).toBe(201);
  const stream: RequestInit & { duplex: 'half' } = {
    method: 'PUT',
    body: new Blob(['abcd']).stream(),
    duplex: 'half',
  };
  const address = `${small.url}/v1/blobs/${digestOf('abcd')}`;
  for (const refused of [await put(digestOf('abcd'), 'abcd', small.url), await fetch(address, stream)])
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { code: 'body_too_large', ...metLimit('blobBytes', 3), retryable: false },
    ]);
  expect((await fetch(address, { method: 'HEAD' })).status).toBe(404);
  await small.close();
});

it('refuses content that does not have the digest', async () => {
  const response = await put(digestOf('a'), 'b');
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({ title: 'other content' });
});

describe('content with a secret in it', () => {
  const content = `lr: 0.1\npassword: hunter2\n`;

  it('is refused, and nothing of it is kept', async () => {
    const response = await put(digestOf(content), content);
    expect(response.status).toBe(422);
    const problem = await response.text();
    expect(problem).toContain('named_secret');
    expect(problem).not.toContain('hunter2');
    expect((await fetch(`${served.url}/v1/blobs/${digestOf(content)}`)).status).toBe(404);
  });

  it('is kept where that is asked for', async () => {
    const response = await put(`${digestOf(content)}?secrets=keep`, content);
    expect(response.status).toBe(201);
  });
});
