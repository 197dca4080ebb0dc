import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  ndjson,
  removeDirectory,
  runEnded,
  startServer,
  temporaryDirectory,
} from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** So many bytes in flight, and bodies as long as that. */
const inFlight = (bytes: number): Record<string, string> => ({
  TRIBUTARY_WIRE_BYTES: String(bytes),
  TRIBUTARY_BODY_BYTES: String(bytes),
  TRIBUTARY_BYTES_IN_FLIGHT: String(bytes),
});

/** Starts a server with the limits for all tests of a group. */
function serverWith(limits: Record<string, string>): () => ServerUnderTest {
  const directory = temporaryDirectory();
  let server: ServerUnderTest | undefined;
  beforeAll(async () => {
    server = await startServer(directory, limits);
  });
  afterAll(async () => {
    await server?.end('SIGKILL');
    removeDirectory(directory);
  });
  return () => server ?? expect.fail('the server has not started');
}

/** A client that announces a body and sends a part of it. Resolves when the server has admitted its request. */
async function stalled(server: ServerUnderTest, announced: number): Promise<Socket> {
  for (;;) {
    const { socket, answer } = await announce(server, announced);
    if (answer.startsWith('HTTP/1.1 429')) continue;
    expect(answer).toBe('HTTP/1.1 100 Continue\r\n\r\n');
    socket.write('{');
    return socket;
  }
}

async function announce(
  { url }: ServerUnderTest,
  bytes: number,
): Promise<{ socket: Socket; answer: string }> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.write(
    `POST /v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-ndjson\r\nContent-Length: ${bytes}\r\nExpect: 100-continue\r\n\r\n`,
  );
  const [answer]: Buffer[] = await once(socket, 'data');
  return { socket, answer: String(answer) };
}

/** Sends a request. */
type Send = () => Promise<{ readonly status: number }>;

/** The answer to a request while another one holds nine tenths of what the server of small limits holds. */
async function statusWhileFull(server: ServerUnderTest, send: Send): Promise<number> {
  const other = await stalled(server, 90_000);
  const { status } = await send();
  other.destroy();
  return status;
}

/** Resolves when the server has room: it may hear of the end of one client after the next one has sent. */
async function statusOnceRoom(send: Send): Promise<number> {
  for (;;) {
    const { status } = await send();
    if (status !== 429) return status;
  }
}

const post = (server: ServerUnderTest, body: string | ReadableStream, more: { duplex?: 'half' } = {}) =>
  fetch(`${server.url}/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body,
    ...more,
  });

const batchOf = (name: string, bytes: number): string =>
  ndjson(
    [...Array(Math.ceil(bytes / 4_200)).keys()].map((n) =>
      runEnded(`${name}-${n}`, { reason: 'x'.repeat(4_000) }),
    ),
  );

describe('a server with more requests than it can hold', () => {
  const limited = serverWith(inFlight(4_000_000));

  it('refuses requests with 429 and stores exactly what it acknowledged', async () => {
    const server = limited();
    const batches = Array.from({ length: 30 }, (_, n) => batchOf(`flood-${n}`, 600_000));
    /* On a busy machine the server may keep up with the others, so one certainly meets no room. */
    const holder = await stalled(server, 3_700_000);
    const unlucky = await post(server, batches[0] ?? '');
    holder.destroy();
    const replies = [unlucky, ...(await Promise.all(batches.map((body) => post(server, body))))];
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    for (const reply of refused) {
      expect(reply.headers.get('retry-after')).toBe('1');
      expect(reply.headers.get('content-type')).toContain('application/problem+json');
      expect(await reply.json()).toMatchObject({
        status: 429,
        detail: expect.stringContaining('send it again'),
      });
    }
    let acknowledged = 0;
    for (const reply of replies.filter(({ status }) => status === 201))
      acknowledged += ((await reply.json()) as { stored: number }).stored;
    expect(await server.logEnd()).toBe(String(acknowledged));
    for (const body of batches) expect(await statusOnceRoom(() => server.send(body))).toBeLessThan(202);
    expect(await server.logEnd()).toBe(String(30 * Math.ceil(600_000 / 4_200)));
  });

  it('needs constant memory under continuous load', async () => {
    const server = limited();
    const body = 'x'.repeat(1_000_000);
    const flood = async (rounds: number): Promise<number> => {
      const held: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        await Promise.all(Array.from({ length: 20 }, async () => (await post(server, body)).text()));
        held.push(residentMegabytes(server));
      }
      return Math.min(...held);
    };
    const early = await flood(20);
    // Garbage comes and goes, so the least of many samples is compared. A sixth of what flows meanwhile is 100 MB.
    const late = await flood(30);
    expect(late - early).toBeLessThan(100);
  });
});

describe('a server with small limits', () => {
  const limited = serverWith({ ...inFlight(100_000), TRIBUTARY_REQUESTS: '2' });

  it('counts a body of unknown length', async () => {
    const server = limited();
    const chunked = (bytes: number) =>
      post(server, new Blob([batchOf(`chunked-${bytes}`, bytes)]).stream(), { duplex: 'half' });
    expect(await statusWhileFull(server, () => chunked(30_000))).toBe(429);
    expect(await statusOnceRoom(() => chunked(30_000))).toBe(201);
    expect((await chunked(101_000)).status).toBe(413);
    expect(await statusWhileFull(server, () => server.send(batchOf('announced', 101_000)))).toBe(413);
  });

  it('counts the inflated size of a body', async () => {
    const server = limited();
    const send = (bytes: number) =>
      server.send(gzipSync(batchOf(`gzip-${bytes}`, bytes)), { encoding: 'gzip' });
    expect(await statusWhileFull(server, () => send(30_000))).toBe(429);
    expect(await statusOnceRoom(() => send(30_000))).toBe(201);
    expect((await send(99_900)).status).toBe(413);
    expect(await statusWhileFull(server, () => send(300_000))).toBe(413);
  });

  it('counts the inflated size of an OTLP export', async () => {
    const server = limited();
    const end = await server.logEnd();
    const attributes = [{ key: 'nemo.run.id', value: { stringValue: 'r' } }];
    const other = await stalled(server, 60_000);
    const spans = Array.from({ length: 300 }, (_, iteration) => ({
      name: 'megatron.train_step',
      attributes: [
        { key: 'megatron.iteration', value: { intValue: String(iteration) } },
        { key: 'megatron.loss', value: { doubleValue: 1 } },
      ],
    }));
    const body = JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans }] }] });
    const reply = await fetch(`${server.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: new Uint8Array(gzipSync(body)),
    });
    expect([reply.status, reply.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await reply.json()).toMatchObject({ code: 8 });
    expect(await server.logEnd()).toBe(end);
    other.destroy();
  });

  it('answers 429 in the shape that clients of each protocol read', async () => {
    const server = limited();
    const other = await stalled(server, 90_000);
    const turnedAway = async (path: string) => {
      const headers = { 'content-type': 'application/json' };
      const body = JSON.stringify({ x: 'x'.repeat(20_000) });
      const reply = await fetch(`${server.url}/${path}`, { method: 'POST', headers, body });
      return [reply.status, reply.headers.get('retry-after'), await reply.json()];
    };
    const message = expect.stringContaining('send it again');
    expect(await turnedAway('v1/metrics')).toEqual([429, '1', { code: 8, message }]);
    const tracker = { error_code: 'REQUEST_LIMIT_EXCEEDED', message };
    expect(await turnedAway('api/2.0/mlflow/runs/log-metric')).toEqual([429, '1', tracker]);
    other.destroy();
  });

  it('accepts a limited number of requests at once, and more when those have ended', async () => {
    const server = limited();
    const body = ndjson([runEnded('one more')]);
    const clients = [await stalled(server, 100), await stalled(server, 100)];
    expect((await server.send(body)).status).toBe(429);
    for (const client of clients) client.destroy();
    expect(await statusOnceRoom(() => server.send(body))).toBe(201);
  });

  it('answers health, readiness and questions under load', async () => {
    const server = limited();
    const body = batchOf('known', 20_000);
    await server.send(body);
    const end = await server.logEnd();
    const client = await stalled(server, 90_000);
    expect((await server.send(body)).status).toBe(429);
    expect((await fetch(`${server.url}/ready`)).status).toBe(200);
    expect(await server.logEnd()).toBe(end);
    client.destroy();
    expect(await statusOnceRoom(() => server.send(body))).toBe(200);
  });
});

describe('a slow client', () => {
  const limited = serverWith({ ...inFlight(10_000), TRIBUTARY_REQUEST_TIMEOUT_MS: '500' });

  it('is disconnected, and its memory is released', async () => {
    const server = limited();
    const client = await stalled(server, 10_000);
    const said = await new Promise<string>((resolve) => {
      let text = '';
      client.on('data', (chunk) => (text += String(chunk)));
      client.on('close', () => resolve(text));
    });
    expect(said).toContain('408');
    expect(await statusOnceRoom(() => server.send(ndjson([runEnded('after')])))).toBe(201);
  });
});

const residentMegabytes = ({ pid }: ServerUnderTest): number =>
  Number(/RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
