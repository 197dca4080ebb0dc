import { request } from 'node:http';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, expect, it } from 'vitest';
import { limitBodyTime } from './body-time.ts';

const MILLIS = 200;
/** More than must arrive in that time. */
const PART = Buffer.alloc(16 * 1024);

let server: FastifyInstance | undefined;
afterEach(() => server?.close());

/** Sends a part each 50 ms, so many times; what was answered: a status, or the code of a broken connection. */
async function send(path: string, part: Buffer, times: number): Promise<number | string> {
  server = fastify({ bodyLimit: 2 ** 24 });
  limitBodyTime(server, {
    millis: MILLIS,
    isLong: ({ url }) => url === '/long' || url === '/refused',
  });
  server.removeAllContentTypeParsers();
  server.addHook('onRequest', (received, reply, done) =>
    received.url === '/refused' ? reply.status(401).send('no') : done(),
  );
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.put('*', () => 'ok');
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  const sent = request(new URL(path, url), { method: 'PUT', headers: { 'content-type': 'x/y' } });
  const answered = new Promise<number | string>((resolve) => {
    sent.once('response', (response) => resolve(response.resume().statusCode ?? 0));
    sent.once('error', (error) => resolve(String(Object.assign({ code: '' }, error).code)));
  });
  const isRefused = path === '/refused' || path === '/%';
  let isEnded = false;
  void answered.then(() => (isEnded = !isRefused));
  sent.once('close', () => (isEnded = true));
  for (let at = 0; at < times && !isEnded; at += 1) {
    sent.write(part);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (isRefused) return isEnded ? 'ended' : 'goes on';
  if (!isEnded) sent.end();
  return answered;
}

it('takes a long body that keeps coming, however long it takes', async () => {
  expect(await send('/long', PART, 16)).toBe(200);
});

it.each([
  ['a long body that stops', '/long', Buffer.alloc(1)],
  ['another body that keeps coming', '/short', PART],
])('ends %s', async (_what, path, part) => {
  expect([408, 'ECONNRESET', 'EPIPE']).toContain(await send(path, part, 40));
});

it('ends a body whose address the framework refuses by itself', async () => {
  expect(await send('/%', PART, 40)).toBe('ended');
});

it('ends a long body that was refused', async () => {
  expect(await send('/refused', PART, 40)).toBe('ended');
});
