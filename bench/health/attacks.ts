/* Clients that mean harm: they announce and stay silent, ask and do not read, or send bytes that become many. */
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { mebibytes } from './bodies.ts';

const CONNECTIONS = 50;
const SECOND = 1_000;

type Headers = Readonly<Record<string, string | number>>;

/** The head of a request, as it goes over the wire. */
const head = (path: string, headers: Headers): string =>
  [
    `POST ${path} HTTP/1.1`,
    'Host: 127.0.0.1',
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    '\r\n',
  ].join('\r\n');

/** 50 connections on which the same is written, held for a second; the server may end them before. */
async function held({ url }: ServerUnderTest, text: string): Promise<void> {
  const { hostname, port } = new URL(url);
  const sockets: Socket[] = Array.from({ length: CONNECTIONS }, () =>
    connect(Number(port), hostname)
      .on('error', () => undefined)
      .pause(),
  );
  for (const socket of sockets) socket.write(text);
  await pause(SECOND);
  for (const socket of sockets) socket.destroy();
}

const JSON_BODY = { 'Content-Type': 'application/json' };

/** Announces a mebibyte at OpenLineage and at events in turn, and sends one byte of it. */
export async function silentClients(server: ServerUnderTest): Promise<void> {
  const length = { 'Content-Length': mebibytes(1) };
  await held(server, `${head('/api/v1/lineage', { ...JSON_BODY, ...length })}{`);
  await held(server, `${head('/v1/events', { 'Content-Type': 'application/x-ndjson', ...length })}{`);
}

/** Asks for a long list, and reads nothing of it. */
export async function slowReaders(server: ServerUnderTest, query: string): Promise<void> {
  const body = JSON.stringify({ query });
  await held(server, head('/graphql', { ...JSON_BODY, 'Content-Length': Buffer.byteLength(body) }) + body);
}

const ZEROS = gzipSync(Buffer.alloc(mebibytes(512)));
const SPACES = gzipSync(Buffer.alloc(mebibytes(8) - 1, ' '));

/** Bodies of half a megabyte that inflate to 512 MiB, and of 8 kB that inflate to just less than a body may have. */
export async function bombs({ url }: ServerUnderTest): Promise<void> {
  for (const path of ['/v1/events', '/api/v1/lineage', '/v1/metrics', '/v1/traces'])
    for (const body of [ZEROS, SPACES]) {
      const type = path === '/v1/events' ? 'application/x-ndjson' : 'application/json';
      const headers = { 'content-type': type, 'content-encoding': 'gzip' };
      const { status } = await fetch(`${url}${path}`, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
      });
      if (status < 400 || status >= 500) throw new Error(`${path} answered ${status} to a bomb`);
    }
}

/** Arrays in arrays: more levels than anything may have, in a body that is small. */
export async function deepBodies({ url }: ServerUnderTest): Promise<void> {
  const body = `${'['.repeat(500_000)}${']'.repeat(500_000)}`;
  for (const path of ['/v1/events?atomic=false', '/api/v1/lineage', '/v1/metrics', '/graphql']) {
    const type = path.startsWith('/v1/events') ? 'application/cloudevents-batch+json' : 'application/json';
    const { status } = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    if (status < 400 || status >= 500) throw new Error(`${path} answered ${status} to a deep body`);
  }
}

/** Connections that are opened and closed, hundreds at once. */
export async function manyConnections({ url }: ServerUnderTest): Promise<void> {
  const { hostname, port } = new URL(url);
  const sockets = Array.from({ length: 200 }, () =>
    connect(Number(port), hostname).on('error', () => undefined),
  );
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  for (const socket of sockets) socket.destroy();
  await pause(100);
}
