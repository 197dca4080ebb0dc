import { readLongBody, REQUEST_LIMITS } from '@tributary/capture';
import type { Readers, Reading } from '@tributary/capture';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { limitRequests } from './request-bodies.ts';

const MIB = 1024 * 1024;

let server: FastifyInstance | undefined;
let answerAll: () => void = () => undefined;
let [admitted, handled] = [0, 0];
let sockets = new Set<unknown>();
let reasons: unknown[] = [];
const READING: Reading<Uint8Array, undefined> = {
  module: '',
  name: '',
  read: () => ({ ok: true, output: undefined }),
};
afterEach(async () => {
  answerAll();
  await server?.close();
});

/** A server that admits so many bytes and answers no request until `answerAll` is called. */
async function admitting(bytesInFlight: number): Promise<string> {
  const answered = new Promise<void>((resolve) => (answerAll = resolve));
  server = fastify({ bodyLimit: 64 * MIB });
  limitRequests(server, { ...REQUEST_LIMITS, bytesInFlight });
  [admitted, handled, reasons] = [0, 0, []];
  server.addHook('onRequest', (_request, _reply, done) => {
    admitted += 1;
    done();
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, payload, done) => {
    payload.resume().once('end', () => done(null));
  });
  const connected = new Set<unknown>();
  sockets = connected;
  server.server.on('connection', (socket) => {
    connected.add(socket);
    socket.once('close', () => connected.delete(socket));
  });
  server.put('*', async () => {
    handled += 1;
    await answered;
    const input = new Uint8Array(1);
    const readers: Readers = {
      read: (_reading, _input, signal) => {
        reasons.push(signal?.reason);
        return Promise.resolve({ ok: true, output: undefined as never });
      },
    };
    await readLongBody(readers, READING, { input, bytes: 2 ** 20 });
    return 'ok';
  });
  server.get('*', () => 'ok');
  return server.listen({ host: '127.0.0.1', port: 0 });
}

const put = async (url: string, bytes: number) =>
  (await fetch(url, { method: 'PUT', body: new Uint8Array(bytes) })).status;

/** Resolves once the server has admitted so many requests. */
const untilAdmitted = (count: number) => expect.poll(() => admitted, { interval: 5 }).toBe(count);

/** Sends one request that stays in flight, and then another one. Says whether that one is admitted too. */
async function admitsSecond(url: string, first: number, second: number): Promise<boolean> {
  const held = put(url, first);
  await untilAdmitted(1);
  const next = put(url, second);
  const isRefused = next.then((status) => status === 429);
  const isAdmitted = await Promise.race([untilAdmitted(2).then(() => true), isRefused.then((no) => !no)]);
  answerAll();
  await Promise.all([held, next]);
  return isAdmitted;
}

describe('the announced bytes of a request', () => {
  it('count in full, to the last byte of the limit', async () => {
    expect(await admitsSecond(await admitting(1_000), 600, 400)).toBe(true);
    await server?.close();
    expect(await admitsSecond(await admitting(1_000), 600, 401)).toBe(false);
  });

  it('count as 1 MiB where a file is streamed', async () => {
    expect(await admitsSecond(`${await admitting(2 * MIB)}/v1/blobs/0f`, 5 * MIB, 5 * MIB)).toBe(true);
    await server?.close();
    expect(await admitsSecond(`${await admitting(2 * MIB - 1)}/v1/blobs/0f`, 5 * MIB, 5 * MIB)).toBe(false);
  });

  it('of a streamed file count as all that the server holds where that is less than 1 MiB', async () => {
    expect(await admitsSecond(`${await admitting(MIB / 2)}/v1/blobs/0f`, 5 * MIB, 1)).toBe(false);
  });

  it.each(['/api/v1/lineage', '/api/v1/lineage/batch?x=1'])(
    'do not count on %s, which counts what has arrived',
    async (path) => {
      expect(await admitsSecond((await admitting(1)) + path, 5 * MIB, 5 * MIB)).toBe(true);
    },
  );

  it.each(['/api/v1/lineage/none', '/api/v1/lineagex'])('count on %s, which nothing reads', async (path) => {
    expect(await admitsSecond((await admitting(1_000)) + path, 600, 401)).toBe(false);
  });

  it('are refused for good where they are more than is ever read, whatever is held', async () => {
    const url = await admitting(REQUEST_LIMITS.wireBytes + 1);
    const held = put(url, REQUEST_LIMITS.wireBytes);
    await untilAdmitted(1);
    expect(await put(url, REQUEST_LIMITS.wireBytes)).toBe(429);
    expect(await put(url, REQUEST_LIMITS.wireBytes + 1)).toBe(413);
    answerAll();
    expect(await held).toBe(200);
  });
});

it('holds the bytes of a client that has left until its handler has ended', async () => {
  const url = await admitting(1_000);
  const leaving = new AbortController();
  const left = fetch(url, { method: 'PUT', body: new Uint8Array(600), signal: leaving.signal });
  await untilAdmitted(1);
  await expect.poll(() => handled, { interval: 5 }).toBe(1);
  leaving.abort();
  await left.catch(() => undefined);
  await expect.poll(() => sockets.size, { interval: 5 }).toBe(0);
  expect(await put(url, 600)).toBe(429);
  answerAll();
  await expect.poll(() => put(url, 600), { interval: 5 }).toBe(200);
});

it('gives no thread to a body whose client has left', async () => {
  const url = await admitting(1_000);
  const leaving = new AbortController();
  const left = fetch(url, { method: 'PUT', body: new Uint8Array(600), signal: leaving.signal });
  await expect.poll(() => handled, { interval: 5 }).toBe(1);
  leaving.abort();
  await left.catch(() => undefined);
  await expect.poll(() => sockets.size, { interval: 5 }).toBe(0);
  answerAll();
  await expect.poll(() => reasons[0], { interval: 5 }).toMatchObject({ code: 'client_left' });
});

it('admits a request without a body however busy the server is', async () => {
  const url = await admitting(10);
  const held = put(url, 10);
  await untilAdmitted(1);
  expect(await put(url, 1)).toBe(429);
  expect((await fetch(url)).status).toBe(200);
  answerAll();
  expect(await held).toBe(200);
});
