import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { withServer } from './reach.ts';
import { serverOf } from './server-of.ts';

const data = mkdtempSync(join(tmpdir(), 'tributary-reach-'));
const file = join(data, 'server.json');
const opened: (() => void)[] = [];
afterEach(() => opened.splice(0).forEach((close) => close()));
afterAll(() => rmSync(data, { recursive: true }));

const { dev, ino } = statSync(data, { bigint: true });
const identity = { instance: 'i-1', logId: 'l-1' };

async function server(status: number, health: object = identity): Promise<string> {
  const body = JSON.stringify(health);
  const listening = createServer((_request, response) => response.writeHead(status).end(body));
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

const announce = (announced: object): void =>
  writeFileSync(file, JSON.stringify({ pid: 7, ...identity, inode: `${dev}:${ino}`, ...announced }));

it('uses the server that has announced itself in the data directory', async () => {
  const url = await server(200);
  announce({ url: `${url}/` });
  expect(await serverOf(data)).toEqual({ kind: 'running', pid: 7, url });
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
  expect(await serverOf(data)).toEqual({ kind: 'none' });
});

it('finds no server where none has announced itself', async () => {
  expect(await serverOf(join(data, 'absent'))).toEqual({ kind: 'none' });
});

it.each([
  ['another process', { ...identity, instance: 'i-2', directory: '/other' }, {}, 'another server of /other'],
  ['another log', { ...identity, logId: 'l-2' }, {}, 'another server answers there'],
  ['the directory that this one is a copy of', identity, { inode: '1:1' }, 'is a copy'],
  ['an earlier version', { directory: data }, {}, 'another version'],
  ['this version, announced by an earlier one', identity, { inode: undefined }, 'another version'],
])(
  'sends nothing to the server of %s at the same address, and says what to do',
  async (...[, health, file, says]) => {
    announce({ url: await server(200, health), ...file });
    const use = withServer({ data }, () => Promise.reject(new Error('a request was made')));
    await expect(use).rejects.toMatchObject({
      refusal: 'other_server',
      message: expect.stringContaining(says),
    });
    await expect(use).rejects.toThrow(/names the server at http.*nothing was sent.*tributary serve --data/);
  },
);
