import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readFolder, readPaths } from './read-folder.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tributary-folder-'));
  for (const path of ['runs/a', 'outside/.hidden', 'runs/node_modules'])
    mkdirSync(join(directory, path), { recursive: true });
  for (const path of ['runs/a/log.txt', 'runs/node_modules/log.txt', 'runs/.env', 'outside/secret.txt'])
    writeFileSync(join(directory, path), path);
});
afterEach(() => rmSync(directory, { recursive: true }));

it('follows no link, neither to a file nor to a folder, inside or out', async () => {
  const runs = join(directory, 'runs');
  symlinkSync('../outside', join(runs, 'folder'));
  symlinkSync('../outside/secret.txt', join(runs, 'secret.txt'));
  symlinkSync('a/log.txt', join(runs, 'again.txt'));
  symlinkSync('..', join(runs, 'a/round'));
  const { files } = await readFolder(runs);
  expect(files.map(({ path }) => path)).toEqual(['a/log.txt']);
});

it('names what it leaves out, a folder once, and why', async () => {
  const runs = join(directory, 'runs');
  mkdirSync(join(runs, '.git/objects/a'), { recursive: true });
  writeFileSync(join(runs, '.git/objects/a/b'), '1');
  symlinkSync('..', join(runs, 'a/round'));
  const link = { path: 'a/round', reason: expect.stringContaining('symbolic link') };
  const hidden = ['.env', '.git'].map((path) => ({ path, reason: expect.stringContaining('hidden') }));
  const packages = { path: 'node_modules', reason: expect.stringContaining('Node.js') };
  expect((await readFolder(runs)).skipped).toEqual([...hidden, link, packages]);
  const { skipped } = await readPaths([runs, join(directory, 'outside')]);
  expect(skipped?.map(({ path }) => path)).toEqual([
    'outside/.hidden',
    'runs/.env',
    'runs/.git',
    'runs/a/round',
    'runs/node_modules',
  ]);
  expect((await readPaths([runs, join(runs, '.env')])).skipped?.map(({ path }) => path)).not.toContain(
    '.env',
  );
});

it('knows the folders of a file on disk, whatever was named and by which link', async () => {
  symlinkSync('runs/a', join(directory, 'link'));
  const above = basename(realpathSync(directory));
  const foldersFrom = async (...paths: string[]) => {
    const { files } = await readPaths(paths.map((path) => join(directory, path)));
    return files.find(({ name }) => name === 'log.txt')?.folders.slice(-3);
  };
  for (const named of [['runs/a/log.txt'], ['runs/a'], ['runs'], ['.'], ['link'], ['link/log.txt']])
    expect([named, await foldersFrom(...named)]).toEqual([named, [above, 'runs', 'a']]);
  for (const named of [
    ['runs', 'outside'],
    ['outside', 'runs/a/log.txt'],
    ['link', 'outside'],
  ])
    expect([named, await foldersFrom(...named)]).toEqual([named, [above, 'runs', 'a']]);
  expect((await readFolder(join(directory, 'link'))).name).toBe('a');
});

it('reads a file that the user names, also where the name is a link', async () => {
  symlinkSync('outside/secret.txt', join(directory, 'named.txt'));
  const { files } = await readFolder(join(directory, 'named.txt'));
  expect(files.map(({ path, bytes }) => ({ path, bytes }))).toEqual([{ path: 'named.txt', bytes: 18 }]);
});

it.each([
  ['a folder', (path: string, ratio?: number) => readFolder(path, { inflationRatio: ratio })],
  [
    'several paths',
    (path: string, ratio?: number) => readPaths([path, join(path, 'a')], { inflationRatio: ratio }),
  ],
])('of %s holds gzip of as many times its bytes as it is asked to', async (_what, read) => {
  const runs = join(directory, 'runs');
  writeFileSync(join(runs, 'zeros.gz'), gzipSync(Buffer.alloc(64 * 1024 * 1024 + 1)));
  const content = async (ratio?: number) =>
    (await read(runs, ratio)).files.find(({ name }) => name === 'zeros.gz')?.content();
  await expect(content()).rejects.toThrow('or set TRIBUTARY_IMPORT_INFLATION_RATIO, which is 500');
  expect((await content(2_000))?.length).toBe(64 * 1024 * 1024 + 1);
});
