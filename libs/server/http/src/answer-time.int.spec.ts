import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { REQUEST_LIMITS } from '@tributary/capture';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LOOKS } from './answer-pace.ts';
import { limitAnswerTime } from './answer-time.ts';
import { boundQuestions } from './question-requests.ts';
import { limitRequests } from './request-bodies.ts';

const MILLIS = 250;
/** More than the buffers of both ends hold. */
const LARGE = 24 * 1024 * 1024;
const PART = Buffer.alloc(64 * 1024);

let server: FastifyInstance;
let running: () => number;
/** Streams that are sent now. */
let open = 0;
const clients: Socket[] = [];

async function* parts(count: number, millis = 0) {
  open += 1;
  try {
    for (let sent = 0; sent < count; sent += 1) {
      if (millis > 0) await pause(millis);
      yield PART;
    }
  } finally {
    open -= 1;
  }
}

beforeEach(async () => {
  server = fastify();
  limitAnswerTime(server.server, { millis: MILLIS });
  limitRequests(server, { ...REQUEST_LIMITS, requests: 2 });
  running = boundQuestions(server, { isQuestion: () => true, limits: { questions: 2, timeout: 60_000 } });
  server.post('/whole', () => Buffer.alloc(LARGE));
  server.post('/text', () => 'é'.repeat(LARGE / 2));
  server.post('/streamed', (_request, reply) => reply.send(Readable.from(parts(LARGE / PART.length))));
  server.post('/computed', async () => pause((LOOKS + 2) * MILLIS, 'computed'));
  server.post('/stalling', (_request, reply) => reply.send(Readable.from(parts(2, (LOOKS + 2) * MILLIS))));
  server.post('/small', () => 'small');
  await server.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.close();
});

const port = () => (server.server.address() as AddressInfo).port;

/** A client that has asked and reads nothing yet. */
function ask(path: string): Socket {
  const socket = connect(port(), '127.0.0.1').pause();
  socket.on('error', () => undefined);
  const head = `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n`;
  socket.write(`${head}Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`);
  clients.push(socket);
  return socket;
}

/** The bytes that a client gets which reads 256 KiB, then pauses, until the connection ends. */
async function readSlowly(socket: Socket, millis: number): Promise<number> {
  let length = 0;
  let unpaused = 0;
  for await (const part of socket) {
    const { byteLength }: Buffer = part;
    length += byteLength;
    unpaused += byteLength;
    if (unpaused < 4 * PART.length) continue;
    unpaused = 0;
    await pause(millis);
  }
  return length;
}

const status = async () => {
  const headers = { 'content-type': 'application/json' };
  return (await fetch(`http://127.0.0.1:${port()}/small`, { method: 'POST', headers, body: '{}' })).status;
};

it.each(['/whole', '/text', '/streamed'])(
  'closes the connections of clients that do not read, so that their places, bodies and files are free: %s',
  async (path) => {
    const unread = [ask(path), ask(path)];
    await expect.poll(running).toBe(2);
    expect([429, 503]).toContain(await status());
    await expect.poll(() => [running(), open], { timeout: 10_000 }).toEqual([0, 0]);
    expect(await status()).toBe(200);
    for (const client of unread) expect(await readSlowly(client, 0).catch(() => 0)).toBeLessThan(LARGE);
  },
);

it.each(['/whole', '/text', '/streamed'])(
  'gives a client that reads slowly all of it, though that takes longer than an answer may stand still: %s',
  async (path) => {
    const began = performance.now();
    const length = await readSlowly(ask(path), 25);
    expect(performance.now() - began).toBeGreaterThan(LOOKS * MILLIS);
    expect(length).toBeGreaterThan(LARGE);
    await expect.poll(() => [running(), open]).toEqual([0, 0]);
  },
);

it.each([
  ['computed', '/computed', 'computed'.length],
  ['read from a disk', '/stalling', 2 * PART.length],
])('waits for an answer that is still being %s', async (_what, path, bytes) => {
  expect(await readSlowly(ask(path), 0)).toBeGreaterThan(bytes);
});
