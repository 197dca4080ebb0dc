import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { describeBlobs, readAll } from './blobs.suite.ts';
import { openBlobs } from './directory-blobs.ts';

const directories: string[] = [];
function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'blobs-'));
  directories.push(directory);
  return directory;
}
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true });
});

describeBlobs('directory', () => openBlobs(join(aDirectory(), 'blobs')));

const content = Buffer.from('what a producer said');

it('returns content after a restart', async () => {
  const directory = aDirectory();
  const { sha256 } = await openBlobs(directory).put(content);
  expect(await openBlobs(directory).read(sha256)).toEqual(content);
});

it('leaves no file but the content, and deletes unfinished files of another process after an hour', async () => {
  const directory = aDirectory();
  const { sha256 } = await openBlobs(directory).put(content);
  await openBlobs(directory)
    .put(content, '0'.repeat(64))
    .catch(() => undefined);
  expect(readdirSync(join(directory, 'unfinished'))).toEqual([]);
  writeFileSync(join(directory, 'unfinished', 'torn'), 'half');
  openBlobs(directory);
  expect(readdirSync(join(directory, 'unfinished'))).toEqual(['torn']);
  const again = openBlobs(directory, Date.now() + 2 * 3_600_000);
  expect(readdirSync(join(directory, 'unfinished'))).toEqual([]);
  expect(await again.read(sha256)).toEqual(content);
});

it('refuses a damaged blob, and repairs it when the content is put again', async () => {
  const directory = aDirectory();
  const blobs = openBlobs(directory);
  const { sha256 } = await blobs.put(content);
  writeFileSync(join(directory, sha256.slice(0, 2), sha256), 'what a producer sais');
  await expect(blobs.read(sha256)).rejects.toMatchObject({ code: 'blob_damaged' });
  await expect(readAll(blobs, sha256)).rejects.toMatchObject({ code: 'blob_damaged' });
  await blobs.put(content);
  expect(await blobs.read(sha256)).toEqual(content);
});

it('refuses a put when the directory is missing', async () => {
  const directory = aDirectory();
  const blobs = openBlobs(join(directory, 'blobs'));
  rmSync(join(directory, 'blobs'), { recursive: true });
  await expect(blobs.put(content)).rejects.toMatchObject({ code: 'blob_write_failed' });
});

it('does not call a blob absent that the disk does not give', async () => {
  const directory = aDirectory();
  const blobs = openBlobs(directory);
  const { sha256 } = await blobs.put(content);
  const unreadable = { code: 'blob_unreadable', retryable: true };
  const path = join(directory, sha256.slice(0, 2), sha256);
  rmSync(path);
  /* Two answers of a disk that has something there: EISDIR to a read, and ELOOP already to the question for it. */
  mkdirSync(path);
  await expect(blobs.read(sha256)).rejects.toMatchObject(unreadable);
  await expect(readAll(blobs, sha256)).rejects.toMatchObject(unreadable);
  rmSync(path, { recursive: true });
  symlinkSync(path, path);
  expect(() => blobs.has(sha256)).toThrow(expect.objectContaining(unreadable));
  await expect(blobs.read(sha256)).rejects.toMatchObject(unreadable);
  expect(await blobs.put(content)).toMatchObject({ known: false });
  expect(await blobs.read(sha256)).toEqual(content);
});
