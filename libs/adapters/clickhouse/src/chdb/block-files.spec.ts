import { mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises';
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
  const files = await blockFiles(join(root, 'data'), roots);
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
  const killed = await blockFiles(join(root, 'data'), roots);
  const other = await blockFiles(join(root, 'other'), roots);
  const left = await killed.withFile(bytes, (path) => Promise.resolve(dirname(path)));
  const kept = await other.withFile(bytes, (path) => Promise.resolve(dirname(path)));
  for (const folder of [left, kept]) await writeFile(join(folder, 'block.native'), bytes);
  await blockFiles(join(root, 'data'), roots);
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
  const files = await blockFiles(join(root, 'data'), roots);
  const running = await blockFiles(join(root, 'more data'), roots);
  await files.withFile(bytes, (path) => readFile(path));
  await files.close();
  await running.close();
  expect((await readdir(join(root, 'memory'))).toSorted()).toEqual(kept.toSorted());
});

it('keeps the files of another data directory that has the same path elsewhere', async () => {
  const path = join(root, 'data');
  const first = await blockFiles(path, roots);
  const kept = await first.withFile(bytes, (file) => Promise.resolve(dirname(file)));
  await writeFile(join(kept, 'block.native'), bytes);
  await rename(path, join(root, 'elsewhere'));
  await blockFiles(path, roots);
  expect(await readdir(kept)).toEqual(['block.native']);
});

it('makes its folder again when that was removed', async () => {
  const files = await blockFiles(join(root, 'data'), roots);
  const folder = await files.withFile(bytes, (path) => Promise.resolve(dirname(path)));
  await rm(folder, { recursive: true });
  expect(await files.withFile(bytes, (path) => readFile(path))).toEqual(bytes);
  await files.close();
});

it('falls back to the next root if the first has no space, and fails if none has', async () => {
  const files = await blockFiles(join(root, 'data'), [join(root, 'absent'), join(root, 'disk')]);
  expect(await files.withFile(bytes, (path) => Promise.resolve(path))).toContain(join(root, 'disk'));
  const none = await blockFiles(join(root, 'data'), [join(root, 'absent')]);
  await expect(none.withFile(bytes, () => Promise.resolve())).rejects.toMatchObject({
    code: 'disk_full',
    retryable: true,
  });
});
