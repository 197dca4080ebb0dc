import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@tributary/embedded';
import { afterAll, expect, it } from 'vitest';
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
  expect(await serverOf(data)).toEqual({ kind: 'none' });
});
