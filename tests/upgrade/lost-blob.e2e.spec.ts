import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { removeDirectory, startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import { unpacked } from './written-before.fixture.ts';
import type { DirectoryWritten } from './written-before.fixture.ts';

const { directory, expected } = unpacked<DirectoryWritten>('data-directory.tgz');
const data = join(directory, 'data');
afterAll(() => removeDirectory(directory));

const filesOf = (folder: string, end: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => end.test(name))
    .map((name) => join(folder, name))
    .toSorted();

/** The definitions of all tables. */
const definitions = (): Map<string, string> =>
  new Map(
    filesOf(join(data, 'tables'), /tributary.*\.sql$|store.*\.sql$/).map((path) => [
      path,
      readFileSync(path, 'utf8'),
    ]),
  );

it('an upgrade that would lose the only copy of a fact is refused before any table is changed, and goes on once its blob is back', async () => {
  const before = definitions();
  expect(before.size).toBeGreaterThan(10);
  const [blob = ''] = filesOf(join(data, 'blobs'), /[0-9a-f]{64}$/);
  renameSync(blob, join(directory, 'blob'));
  await expect(startServer(data)).rejects.toThrow(/tables hold rows of facts whose blobs are lost/);
  expect(definitions()).toEqual(before);
  renameSync(join(directory, 'blob'), blob);
  const server = await startServer(data);
  expect(await server.caughtUp()).toBe(expected.position);
  expect(await server.end('SIGTERM')).toBe(0);
});
