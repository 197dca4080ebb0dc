import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { runningServer, withServer } from './reach.ts';

const data = mkdtempSync(join(tmpdir(), 'tributary-reach-'));
const file = join(data, 'server.json');
const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));
afterAll(() => rmSync(data, { recursive: true }));

async function server(status: number): Promise<string> {
  const listening = createServer((_request, response) => response.writeHead(status).end());
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  opened.push(() => listening.close());
  return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
}

it('uses the server at --url, without slashes at its end, whatever is announced', async () => {
  writeFileSync(file, JSON.stringify({ pid: 1, url: await server(200) }));
  expect(await withServer({ data, url: 'http://other:4800//' }, (url) => Promise.resolve(url))).toBe(
    'http://other:4800',
  );
});

it('uses the server that has announced itself in the data directory', async () => {
  const url = await server(200);
  writeFileSync(file, JSON.stringify({ pid: 7, url: `${url}/` }));
  expect(await runningServer(data)).toEqual({ pid: 7, url });
  expect(await withServer({ data }, (reached) => Promise.resolve(reached))).toBe(url);
});

it.each([
  ['is not JSON', () => Promise.resolve('{')],
  ['has no address', () => Promise.resolve('{"pid":7}')],
  ['has a number for an address', () => Promise.resolve('{"pid":7,"url":7}')],
  ['names a server that is gone', () => Promise.resolve('{"pid":7,"url":"http://127.0.0.1:1"}')],
  ['names a server that does not answer well', async () => `{"pid":7,"url":"${await server(500)}"}`],
])('does not use an announcement that %s', async (_what, announcement) => {
  writeFileSync(file, await announcement());
  expect(await runningServer(data)).toBeUndefined();
});

it('finds no server where none has announced itself', async () => {
  expect(await runningServer(join(data, 'absent'))).toBeUndefined();
});
