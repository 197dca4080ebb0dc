import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { memoryBlobs } from '@tributary/blobs';
import { INGEST_ENDPOINT, REQUEST_LIMITS } from '@tributary/capture';
import type { IngestEndpoint } from '@tributary/capture';
import { memoryDeadLetters } from '@tributary/dead-letters';
import { memoryLog } from '@tributary/event-log';
import { serve } from '@tributary/http';
import type { Serving } from '@tributary/http';
import { intakeControllers, streamBodies } from '@tributary/intake';
import { START } from '@tributary/kernel';
import { afterEach, beforeEach, expect, it } from 'vitest';

const KIB = 1024;
const PATH = '/api/v1/lineage';
/** Half of it is what a request waits for its turn. */
const REQUEST_TIMEOUT = 3_000;

class TestModule {}

let serving: Serving;
let log: IngestEndpoint['log'];
const sockets: Socket[] = [];

beforeEach(async () => {
  log = memoryLog();
  const endpoint: IngestEndpoint = {
    log,
    blobs: memoryBlobs(),
    deadLetters: memoryDeadLetters(),
    requestTimeout: REQUEST_TIMEOUT,
    projector: { reached: () => Promise.resolve() },
    engine: { reader: { all: () => Promise.resolve([]) } },
  };
  const module = {
    module: TestModule,
    controllers: intakeControllers,
    providers: [{ provide: INGEST_ENDPOINT, useValue: endpoint }],
  };
  const limits = { ...REQUEST_LIMITS, bytesInFlight: 600 * KIB, requestTimeout: REQUEST_TIMEOUT };
  serving = await serve(module, { host: '127.0.0.1', port: 0 }, { limits, stream: streamBodies });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await serving.stop();
});

/** A client that announces a body, sends a part of it once the server has begun to handle its request, and then nothing. */
async function silent(headers: string, part = Buffer.alloc(0)): Promise<Socket> {
  const { hostname, port } = new URL(serving.url);
  const socket = connect(Number(port), hostname);
  sockets.push(socket);
  socket.on('error', () => undefined);
  socket.write(
    `POST ${PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${headers}\r\nExpect: 100-continue\r\n\r\n`,
  );
  const [answer]: Buffer[] = await once(socket, 'data');
  expect(String(answer)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write(part);
  return socket;
}

const lineage = (name: string, bytes = 0) => ({
  eventType: 'START',
  eventTime: '2026-11-24T10:00:00Z',
  producer: 'https://example.com/producer',
  schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
  run: {
    runId: '41fb5137-f0fd-4ee5-ba5c-56f8571d1bd7',
    facets: {
      padding: { _producer: 'https://a.example', _schemaURL: 'https://a.example', text: 'x'.repeat(bytes) },
    },
  },
  job: { namespace: 'ns', name },
});

async function post(name: string, { bytes = 0, isGzip = false } = {}): Promise<number> {
  const text = JSON.stringify(lineage(name, bytes));
  const response = await fetch(`${serving.url}${PATH}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(isGzip && { 'content-encoding': 'gzip' }) },
    body: isGzip ? new Uint8Array(gzipSync(text)) : text,
  });
  await response.arrayBuffer();
  return response.status;
}

const stored = async () => (await log.read({ after: START, limit: 1_000, maxBytes: 1e9 })).length;

it.each([
  ['gzip', 'Content-Encoding: gzip\r\nContent-Length: 1000'],
  ['a body of unknown length', 'Transfer-Encoding: chunked'],
  ['a body of 30 MiB', `Content-Length: ${30 * KIB * KIB}`],
])('a client that announces %s and sends nothing holds up nobody', async (_what, headers) => {
  const held = await Promise.all(Array.from({ length: 20 }, () => silent(headers)));
  const statuses = await Promise.all([
    post('zipped', { isGzip: true }),
    post('long', { bytes: 2 * KIB * KIB }),
    post('short'),
  ]);
  expect(statuses).toEqual([201, 201, 201]);
  expect(await stored()).toBe(3);
  expect(held.map((socket) => socket.destroyed)).not.toContain(true);
});

it('takes long bodies one after the other where a client has used up the bytes in flight and sends no more', async () => {
  await silent(`Content-Length: ${30 * KIB * KIB}`, Buffer.alloc(590 * KIB, ' '));
  const names = ['a', 'b', 'c', 'd'];
  const statuses = await Promise.all(names.map((name) => post(name, { bytes: 2 * KIB * KIB })));
  expect(statuses).toEqual([201, 201, 201, 201]);
  expect(await stored()).toBe(4);
});
