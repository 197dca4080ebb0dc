import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { postEvents } from './post-events.ts';

type Answer = { status: number; body?: unknown; retryAfter?: string };
const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));

/** A server that gives the answers in order and records the requests. */
async function answering(...answers: Answer[]) {
  const received: { url: string; type: string; body: string }[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      received.push({ url: request.url ?? '', type: request.headers['content-type'] ?? '', body });
      const { status, body: answer, retryAfter } = answers.shift() ?? { status: 500 };
      response
        .writeHead(status, retryAfter ? { 'retry-after': retryAfter } : {})
        .end(JSON.stringify(answer ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received };
}

const stored = { stored: 1, duplicates: 1, storedByType: { note: 1 }, receipts: [] };

it('posts lines as one atomic NDJSON batch', async () => {
  const { url, received } = await answering({ status: 201, body: stored });
  expect(await postEvents(url, ['{"a":1}', '{"b":2}'])).toEqual({
    ok: true,
    stored: 1,
    duplicates: 1,
    storedByType: { note: 1 },
    receipts: [],
  });
  expect(received).toEqual([
    { url: '/v1/events?atomic=true', type: 'application/x-ndjson', body: '{"a":1}\n{"b":2}\n' },
  ]);
});

it('retries the same batch while the server is busy, after the delay that it asks for', async () => {
  const { url, received } = await answering(
    { status: 429, retryAfter: '2' },
    { status: 503 },
    { status: 200, body: stored },
  );
  const waits: number[] = [];
  const posted = await postEvents(url, ['{}'], (milliseconds) => Promise.resolve(waits.push(milliseconds)));
  expect(posted).toMatchObject({ ok: true });
  expect(waits).toEqual([2000, 500]);
  expect(new Set(received.map(({ body }) => body))).toEqual(new Set(['{}\n']));
});

it('returns which events were refused', async () => {
  const errors = [{ index: 0, pointer: '/type', message: 'is unknown', code: 'unknown_type' }];
  const { url } = await answering({
    status: 422,
    body: { title: 'events refused', detail: '1 event', errors },
  });
  expect(await postEvents(url, ['{}'])).toEqual({ ok: false, detail: '1 event', errors });
});

it('fails with the detail of the server where the whole request is refused', async () => {
  const { url } = await answering({ status: 413, body: { title: 'too many events', detail: 'at most 5' } });
  await expect(postEvents(url, ['{}'])).rejects.toThrow('413: at most 5');
});

it('says what to do where no server answers', async () => {
  await expect(postEvents('http://127.0.0.1:1', ['{}'])).rejects.toThrow('Run the same import again');
});
