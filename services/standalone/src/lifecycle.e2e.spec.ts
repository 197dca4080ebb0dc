import { spawn, spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { get } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { failingFlush } from '@tributary/test-processes';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { endsWhileBusy, exitWhileBusy } from './busy-exit.fixture.ts';
import {
  ndjson,
  removeDirectory,
  runEnded as ended,
  serverFile,
  serverProcess,
  spawnServer,
  startServer,
  temporaryDirectory,
  withOutput,
} from './server-under-test.fixture.ts';
import type { Accepted, ServerUnderTest, SpawnedServer } from './server-under-test.fixture.ts';

/** The arguments of `unshare` for a process that is the number 1 of its namespace, and goes with its parent. */
const CONTAINER = ['--pid', '--mount-proc', '--fork', '--kill-child'];

const directories: string[] = [];
afterAll(() => directories.forEach(removeDirectory));

function newDirectory(): string {
  const directory = temporaryDirectory();
  directories.push(directory);
  return directory;
}

/** The tests of a running server share its directory, and its process until one of them ends it. */
describe('a running server', () => {
  const directory = newDirectory();
  let server: ServerUnderTest;
  let isRunning = false;

  async function start(): Promise<void> {
    server = await startServer(directory, endsWhileBusy);
    isRunning = true;
  }
  const end = (signal: NodeJS.Signals) => {
    isRunning = false;
    return server.end(signal);
  };
  beforeEach(() => (isRunning ? undefined : start()));
  afterAll(() => server?.end('SIGKILL'));

  it('listens on 127.0.0.1 and on no other address of the machine', async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const own = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const others = [
      '127.0.0.2',
      '::1',
      ...own
        .filter(({ internal }) => !internal)
        .map(({ address, scopeid }) => (scopeid ? `${address}%${scopeid}` : address)),
    ];
    const reached = await Promise.all(others.map(canConnect(Number(new URL(server.url).port))));
    expect(others.filter((_address, index) => reached[index])).toEqual([]);
    expect(await canConnect(Number(new URL(server.url).port))('127.0.0.1')).toBe(true);
  });

  it('answers loopback names only, so that no web page can reach it under another name', async () => {
    expect(await statusFor(server.url, '127.0.0.1:80')).toBe(200);
    expect(await statusFor(server.url, 'localhost:4800')).toBe(200);
    expect(await statusFor(server.url, 'rebound.example')).toBe(421);
    expect(await statusFor(server.url, '127.0.0.1.rebound.example')).toBe(421);
  });

  it('names the process that uses the directory, exits with 1 and does not disturb the other', async () => {
    const second = await failedStart(directory);
    expect(second.code).toBe(1);
    expect(second.text).toContain(`process ${server.pid}`);
    expect(second.text).toContain(directory);
    expect(second.text.trim().split('\n')).toHaveLength(1);
    expect(serverFile(directory).pid).toBe(server.pid);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
  });

  it('announces itself to its owner only, and removes the announcement when it stops, despite a request that never ends', async () => {
    expect(serverFile(directory)).toMatchObject({ pid: server.pid, url: server.url });
    expect(statSync(join(directory, 'server.json')).mode & 0o777).toBe(0o600);
    const socket = await opened(Number(new URL(server.url).port));
    socket.write(
      'POST /v1/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/x-ndjson\r\ncontent-length: 1000\r\n\r\n{',
    );
    await server.record(ended('other'));
    expect(await end('SIGTERM')).toBe(0);
    expect(existsSync(join(directory, 'server.json'))).toBe(false);
    socket.destroy();
  });

  it.each(['SIGKILL', 'SIGABRT'] as const)(
    'ends at %s, and starts despite the files that it left',
    async (signal) => {
      const { receipts } = await server.record(ended('kept'));
      expect(await end(signal)).toBe(signal);
      expect(existsSync(join(directory, 'server.json'))).toBe(true);
      await start();
      expect((await server.record(ended('kept'))).receipts).toEqual(receipts);
    },
  );

  it('exits with its own code while statements of the engine run', async () => {
    isRunning = false;
    expect(await exitWhileBusy(server)).toBe(7);
  });

  it('stops within ten seconds under load and loses no acknowledged event', async () => {
    const acknowledged = new Map<string, string>();
    const clients = [0, 1, 2, 3].map((client) => postUntilRefused(client, acknowledged));
    await Promise.race(clients.map(({ first }) => first));
    const before = performance.now();
    expect(await end('SIGTERM')).toBe(0);
    expect(performance.now() - before).toBeLessThan(10_000);
    await Promise.all(clients.map(({ done }) => done));
    await start();
    const again = await server.record(...[...acknowledged.keys()].map((id) => ended(id)));
    expect(again.stored).toBe(0);
    expect(new Map(again.receipts.map(({ id, position }) => [id, position]))).toEqual(acknowledged);
  });

  /** Sends batches one after the other until the server refuses or has stopped. */
  function postUntilRefused(client: number, acknowledged: Map<string, string>) {
    const begun = new EventEmitter();
    const first = once(begun, 'first');
    const run = async (): Promise<void> => {
      for (let batch = 0; ; batch += 1) {
        const events = Array.from({ length: 5 }, (_value, index) => ended(`${client}-${batch}-${index}`));
        const reply = await server.send(ndjson(events));
        if (reply.status !== 201) return;
        const { receipts }: Accepted = JSON.parse(reply.text);
        for (const { id, position } of receipts) acknowledged.set(id, position);
        if (batch === 20) begun.emit('first');
      }
    };
    return { first, done: run().catch(() => undefined) };
  }
});

const flush = failingFlush(newDirectory());

it.skipIf(flush.missing)(
  `a log whose flush fails is a condition at once, and ends the process with 70${flush.missing ? `, skipped: ${flush.missing}` : ''}`,
  async () => {
    const directory = newDirectory();
    const server = await startServer(directory, { ...flush.env, TRIBUTARY_FAULT_GRACE_MS: '1500' });
    const { receipts } = await server.record(ended('before'));
    flush.begin();
    expect((await server.send(ndjson([ended('unknown')]))).status).toBe(503);
    const ready = await fetch(`${server.url}/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ conditions: [{ code: 'log_stopped' }] });
    expect(await server.exited()).toBe(70);
    expect(server.output()).toContain('a part of the server has died');
    flush.end();
    const again = await startServer(directory);
    const repeated = await again.record(ended('before'), ended('unknown'));
    expect(repeated.receipts[0]).toEqual(receipts[0]);
    expect(await again.logEnd()).toBe('2');
    await again.end('SIGKILL');
  },
);

it('does not start beyond loopback without keys, unless it is told to, and says how', async () => {
  const directory = newDirectory();
  const { child, output } = spawnServer(directory, { HOST: '0.0.0.0' });
  await once(child, 'close');
  expect(child.exitCode).toBe(1);
  expect(output()).toMatch(/0\.0\.0\.0[^]*tributary keys create[^]*HOST=127\.0\.0\.1[^]*TRIBUTARY_AUTH=none/);
  expect(output().trim().split('\n')).toHaveLength(1);
  expect(existsSync(join(directory, 'server.json'))).toBe(false);
});

it('says beyond loopback where it listens, and answers there to IP addresses and configured names', async () => {
  const directory = newDirectory();
  const low = String(2 ** 50);
  const env = {
    HOST: '0.0.0.0',
    TRIBUTARY_AUTH: 'none',
    TRIBUTARY_ALLOWED_HOSTS: 'lineage.example',
    TRIBUTARY_DISK_WARN_BYTES: low,
    TRIBUTARY_DISK_REFUSE_BYTES: low,
  };
  const { child, output } = spawnServer(directory, env);
  await expect.poll(output).toContain('TRIBUTARY_ALLOWED_HOSTS');
  const line = /listens on every address of this machine, port (\d+) \(here (\S+)\)/.exec(output());
  expect(output()).toMatch(
    /WARNING: [^]*does not authenticate its callers[^]*localhost, IP addresses, lineage\.example/,
  );
  const url = line?.[2] ?? '';
  expect(serverFile(directory).url).toBe(url);
  expect(await (await fetch(`${url}/health`)).json()).not.toHaveProperty('directory');
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ status { directory readinessConditions { detail } } }' });
  for (const answer of [fetch(`${url}/ready`), fetch(`${url}/graphql`, { method: 'POST', headers, body })])
    expect(await (await answer).text()).not.toContain(directory);
  expect(new URL(url).port).toBe(line?.[1]);
  for (const [host, status] of [
    ['localhost', 200],
    ['192.0.2.7:4800', 200],
    ['lineage.example', 200],
    ['rebound.example', 421],
  ] as const)
    expect([host, await statusFor(url, host)]).toEqual([host, status]);
  child.kill('SIGKILL');
  await once(child, 'close');
});

function inContainer(directory: string): SpawnedServer {
  const { command, env } = serverProcess(directory);
  const child = spawn('unshare', [...CONTAINER, ...command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  return withOutput(child);
}

const noNamespaces = spawnSync('unshare', [...CONTAINER, 'true']).status !== 0;

describe('a server that cannot start', () => {
  it.skipIf(noNamespaces)(
    `says that a process of another container has the directory, though both have the number 1${noNamespaces ? ' (skipped where no namespace can be made)' : ''}`,
    async () => {
      const directory = newDirectory();
      const first = inContainer(directory);
      await expect.poll(first.output).toContain('listens on');
      const second = inContainer(directory);
      expect(await once(second.child, 'close')).toEqual([1, null]);
      expect(second.output()).toContain('a process of another container (1 there) writes to');
      const url = /listens on (\S+),/.exec(first.output())?.[1];
      expect((await fetch(`${url}/health`)).status).toBe(200);
      first.child.kill('SIGKILL');
      await once(first.child, 'close');
    },
  );

  it('says which port is taken and how to choose another', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const { code, text } = await failedStart(newDirectory(), { PORT: String(port) });
    holder.close();
    expect(code).toBe(1);
    expect(text).toContain(`port ${port} is taken`);
    expect(text).not.toContain('    at ');
  });

  it('names every wrong setting', async () => {
    const { code, text } = await failedStart('', { PORT: 'ten' });
    expect(code).toBe(1);
    expect(text).toMatch(/PORT: [^]*TRIBUTARY_DATA: /);
    expect(text).not.toContain('    at ');
  });
});

/** The status for a request that names a host. */
const statusFor = (url: string, host: string) =>
  new Promise((resolve, reject) => {
    get(`${url}/health`, { headers: { host } }, (response) => resolve(response.resume().statusCode)).on(
      'error',
      reject,
    );
  });

/** Starts a server that cannot start, and waits for its exit. */
async function failedStart(
  directory: string,
  env: Record<string, string> = {},
): Promise<{ code: unknown; text: string }> {
  const { child, output } = spawnServer(directory, env);
  const [code] = await once(child, 'close');
  return { code, text: output() };
}

const canConnect =
  (port: number) =>
  (host: string): Promise<boolean> =>
    opened(port, host).then(
      (socket) => {
        socket.destroy();
        return true;
      },
      () => false,
    );

async function opened(port: number, host = '127.0.0.1'): Promise<Socket> {
  const socket = connect(port, host);
  socket.on('error', () => undefined);
  await once(socket, 'connect', { signal: AbortSignal.timeout(5_000) });
  return socket;
}
