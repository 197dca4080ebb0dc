import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@tributary/embedded';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverOf } from './server-of.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-server-of-'));
afterAll(() => rmSync(root, { recursive: true }));

it('is the server of a directory under whatever name, and none of a copy or of another log in its place', async () => {
  const [data, copy, moved] = ['data', 'copy', 'moved'].map((name) => join(root, name)) as [
    string,
    string,
    string,
  ];
  const server = await startEmbedded({ directory: data, host: '127.0.0.1', port: 0 });
  expect(await serverOf(data)).toMatchObject({ kind: 'running', url: server.url, pid: process.pid });
  cpSync(data, copy, { recursive: true });
  expect(await serverOf(copy)).toMatchObject({
    kind: 'other',
    text: expect.stringMatching(/this directory is a copy of the one that it serves; nothing was sent/),
  });
  renameSync(data, moved);
  expect(await serverOf(moved)).toMatchObject({ kind: 'running', url: server.url });
  renameSync(copy, data);
  expect(await serverOf(data)).toMatchObject({ kind: 'other' });
  rmSync(data, { recursive: true });
  renameSync(moved, data);
  await server.close();
  expect(await serverOf(data)).toEqual({ kind: 'none', reason: 'has ended' });
});

describe('a server that answers at the address of another one', () => {
  const data = join(root, 'announced');
  const health = { status: 'ok', instance: 'one', logId: 'a' };
  let answered: Record<string, unknown> = health;
  const server = createServer((_request, response) => response.end(JSON.stringify(answered)));
  beforeAll(async () => {
    mkdirSync(data);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { dev, ino } = statSync(data, { bigint: true });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const announced = { url, pid: 7, instance: 'one', logId: 'a', inode: `${dev}:${ino}` };
    writeFileSync(join(data, 'server.json'), JSON.stringify(announced));
  });
  afterAll(() => server.close());

  it.each([
    ['nothing', {}, 'running'],
    ['its process', { instance: 'two' }, 'other'],
    ['its log', { logId: 'b' }, 'other'],
    ['its log, which it does not name', { logId: undefined }, 'other'],
    ['its version, which does not say whose it is', { instance: undefined }, 'other'],
  ])('is the announced one where nothing differs: %s does', async (_what, difference, kind) => {
    answered = { ...health, ...difference };
    expect((await serverOf(data)).kind).toBe(kind);
  });
});
