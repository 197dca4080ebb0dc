import { mkdir, mkdtemp, readdir, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { blockFiles } from './block-files.ts';

let root: string;
let roots: string[];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tributary-blocks-'));
  roots = [join(root, 'memory'), join(root, 'disk')];
  for (const folder of roots) await mkdir(folder);
});
afterEach(() => rm(root, { recursive: true }));

const bytes = Buffer.from('block');

it('removes a file after its work, whether that succeeds or fails', async () => {
  const files = await blockFiles('data', roots);
  let folder = '';
  const read = (path: string) => {
    folder = dirname(path);
    return readFile(path);
  };
  expect(await files.withFile(bytes, read)).toEqual(bytes);
  await expect(files.withFile(bytes, () => Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  expect(await readdir(folder)).toEqual([]);
  await files.close();
  expect(await readdir(dirname(folder))).toEqual([]);
});

it('removes the files that a killed process left for the same data directory, and no others', async () => {
  const killed = await blockFiles('data', roots);
  const other = await blockFiles('other', roots);
  const left = await killed.withFile(bytes, (path) => Promise.resolve(dirname(path)));
  const kept = await other.withFile(bytes, (path) => Promise.resolve(dirname(path)));
  for (const folder of [left, kept]) await writeFile(join(folder, 'block.native'), bytes);
  await blockFiles('data', roots);
  expect(await readdir(left)).toEqual([]);
  expect(await readdir(kept)).toEqual(['block.native']);
});

it('removes the folders of killed processes, whatever their data directory, and no others', async () => {
  const namespace = (await readlink('/proc/self/ns/pid').catch(() => '')).replaceAll(/\D/g, '');
  const dead = namespace === '' ? '999999999' : `999999999.1.${namespace}`;
  /* The process of this test has another start. */
  const reused = namespace === '' ? dead : `${process.pid}.1.${namespace}`;
  const folder = (mark: string) => `tributary-0123456789abcdef${mark}`;
  const left = [folder(`.${dead}`), folder(`.${reused}`)];
  const kept = [folder(''), folder('.999999999.1.7'), 'tributary-other.1', `other-${folder(`.${dead}`)}`];
  for (const name of [...left, ...kept]) await mkdir(join(root, 'memory', name), { recursive: true });
  const files = await blockFiles('data', roots);
  const running = await blockFiles('more data', roots);
  await files.withFile(bytes, (path) => readFile(path));
  await files.close();
  await running.close();
  expect((await readdir(join(root, 'memory'))).toSorted()).toEqual(kept.toSorted());
});

it('falls back to the next root if the first has no space, and fails if none has', async () => {
  const files = await blockFiles('data', [join(root, 'absent'), join(root, 'disk')]);
  expect(await files.withFile(bytes, (path) => Promise.resolve(path))).toContain(join(root, 'disk'));
  const none = await blockFiles('data', [join(root, 'absent')]);
  await expect(none.withFile(bytes, () => Promise.resolve())).rejects.toMatchObject({
    code: 'disk_full',
    retryable: true,
  });
});
