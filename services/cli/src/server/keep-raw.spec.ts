import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFolder } from '@tributary/importers';
import type { SourceFile } from '@tributary/importers';
import { afterAll, expect, it } from 'vitest';
import { blobServer } from './blob-server.fixture.ts';
import { keepRaw, mostRawBytes } from './keep-raw.ts';

const folder = mkdtempSync(join(tmpdir(), 'tributary-keep-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function fileOf(name: string, content: string): Promise<SourceFile> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const [file] = (await readFolder(path)).files;
  if (!file) throw new Error(`${path} is not there`);
  return file;
}

it('stores a file once under its digest, and announces its length', async () => {
  const { url, blobs } = await blobServer();
  const file = await fileOf('a.csv', 'id,web\na,1\n');
  expect(await keepRaw(url, file)).toEqual({ outcome: 'kept' });
  expect(await keepRaw(url, file)).toEqual({ outcome: 'known' });
  expect([...blobs]).toEqual([[`/v1/blobs/${await file.sha256()}`, { length: '11', body: 'id,web\na,1\n' }]]);
});

it('does not send a file beyond what the server takes, and names the variable that changes it', async () => {
  const { url, blobs } = await blobServer(201, 11);
  const most = await mostRawBytes(url);
  expect(await keepRaw(url, await fileOf('e.csv', 'id,web\na,1\n'), { most })).toEqual({ outcome: 'kept' });
  expect(await keepRaw(url, await fileOf('f.csv', 'id,web\na,10\n'), { most })).toEqual({
    outcome: 'withheld',
    reason: 'it is larger than the 11 bytes that the server takes (TRIBUTARY_BLOB_BYTES of the server)',
  });
  expect(blobs.size).toBe(1);
});

it('names a file that is larger than the server says it takes, or a proxy before it, and goes on', async () => {
  const { url, blobs } = await blobServer(413);
  expect(await mostRawBytes(url)).toBeUndefined();
  expect(await keepRaw(url, await fileOf('g.csv', 'id,web\na,1\n'))).toEqual({
    outcome: 'withheld',
    reason: expect.stringMatching(/^its 11 bytes are more than the server takes .*TRIBUTARY_BLOB_BYTES/),
  });
  expect(blobs.size).toBe(0);
});

it('does not send a file that contains a secret, and says which kind', async () => {
  const { url, blobs } = await blobServer();
  const file = await fileOf('b.json', JSON.stringify({ token: `hf_${'a1B2'.repeat(8)}` }));
  expect(await keepRaw(url, file)).toMatchObject({
    outcome: 'withheld',
    reason: expect.stringMatching(/^it contains a secret \(.+\); --keep-secrets keeps it all the same$/),
  });
  expect(blobs.size).toBe(0);
});

it('sends it where that is asked for', async () => {
  const { url, blobs } = await blobServer();
  const file = await fileOf('k.yaml', 'password: hunter2\n');
  expect(await keepRaw(url, file)).toMatchObject({ outcome: 'withheld' });
  expect(await keepRaw(url, file, { keepsSecrets: true })).toEqual({ outcome: 'kept' });
  expect([...blobs.keys()]).toEqual([`/v1/blobs/${await file.sha256()}?secrets=keep`]);
});

it('stops with the answer of a server that does not store the file', async () => {
  const { url } = await blobServer(507);
  await expect(keepRaw(url, await fileOf('c.csv', 'c'))).rejects.toThrow(
    /did not accept a file: 507 .*the disk is full.* Run the same import again; it continues\./,
  );
});

it('stops where no server answers', async () => {
  await expect(keepRaw('http://127.0.0.1:1', await fileOf('d.csv', 'd'))).rejects.toThrow(
    'Run the same import again; it continues.',
  );
});
