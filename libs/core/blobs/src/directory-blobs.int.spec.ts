import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { describeBlobs, readAll } from './blobs.suite.ts';
import { blobNames, openBlobs } from './directory-blobs.ts';

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

it('names the blobs of a disk of its own, whose other folders cannot be read', async () => {
  const directory = aDirectory();
  const { sha256 } = await openBlobs(directory).put(content);
  /* A folder that no user may read, the superuser included. */
  symlinkSync('lost+found', join(directory, 'lost+found'));
  expect([...blobNames(directory)]).toEqual([sha256]);
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

describe('a part of a blob', () => {
  const long = Buffer.from('what a producer said, at length. '.repeat(100_000));

  /** A store with the long content, and the path of its file. */
  async function stored() {
    const directory = aDirectory();
    const blobs = openBlobs(directory);
    const { sha256 } = await blobs.put(long);
    return { blobs, sha256, path: join(directory, sha256.slice(0, 2), sha256) };
  }

  it('is not given where any byte of the blob is damaged, before or after the first part was read', async () => {
    for (const reads of [0, 1]) {
      const { blobs, sha256, path } = await stored();
      for (let read = 0; read < reads; read += 1) await blobs.readRange(sha256, 0, 10);
      const { atime, mtime } = statSync(path);
      const damaged = Buffer.from(long);
      damaged.writeUInt8(damaged.readUInt8(long.length - 1) ^ 1, long.length - 1);
      writeFileSync(path, damaged);
      utimesSync(path, atime, mtime);
      await expect(blobs.readRange(sha256, 0, 10)).rejects.toMatchObject({ code: 'blob_damaged' });
      await expect(blobs.readRange(sha256, 0, 10)).rejects.toMatchObject({ code: 'blob_damaged' });
      await blobs.put(long);
      expect(await blobs.readRange(sha256, 5, 10)).toEqual(long.subarray(5, 15));
    }
  });

  it('is read by several at once, and compared for them together', async () => {
    const { blobs, sha256 } = await stored();
    const starts = Array.from({ length: 50 }, (_, index) => index * 65_536);
    const parts = await Promise.all(starts.map((from) => blobs.readRange(sha256, from, 8)));
    expect(parts).toEqual(starts.map((from) => long.subarray(from, from + 8)));
  });
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
