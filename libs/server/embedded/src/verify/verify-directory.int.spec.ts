import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { open as openLmdb } from 'lmdb';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbedded } from '../embedded.ts';
import { verifyDirectory } from './verify-directory.ts';

const BINARY = { encoding: 'binary', keyEncoding: 'binary' } as const;

const directory = mkdtempSync(join(tmpdir(), 'tributary-verify-'));
afterAll(() => rmSync(directory, { recursive: true }));

beforeAll(async () => {
  const server = await startEmbedded({ directory, host: '127.0.0.1', port: 0 });
  for (const runId of ['a', 'b']) {
    const response = await fetch(`${server.url}/v1/events`, {
      method: 'POST',
      headers: { 'content-type': 'application/cloudevents+json' },
      body: JSON.stringify({
        specversion: '1.0',
        id: runId,
        source: 'urn:test',
        type: 'training.run.ended',
        data: { runId, attempt: 1, status: 'completed', lastStep: 1 },
      }),
    });
    expect(response.status).toBe(201);
  }
  await server.close();
});

const verify = () => verifyDirectory(directory, 16, () => {});

it('finds no divergence where there is none, then names the first one in the order tables, blobs, log', async () => {
  expect(await verify()).toMatchObject({
    ok: true,
    log: { events: 2, head: '2', divergence: null },
    tables: { position: '2', divergence: null },
    divergence: null,
  });
  const table = join(directory, 'tables/data/tributary/training_run_end');
  const part = readdirSync(table).find((name) => name.startsWith('all_')) ?? '';
  rmSync(join(table, part), { recursive: true });
  expect(await verify()).toMatchObject({
    ok: false,
    divergence: expect.stringMatching(/^training_run_end has \d rows, and 2 were inserted$/),
  });
  const { sha256 } = await openBlobs(join(directory, 'blobs')).put(Buffer.from('{}'));
  writeFileSync(join(directory, 'blobs', sha256.slice(0, 2), sha256), '[]');
  expect(await verify()).toMatchObject({
    ok: false,
    blobs: { blobs: 1, damaged: 1 },
    divergence: `blob ${sha256} is not what was written`,
  });
  await changeLog();
  expect(await verify()).toMatchObject({
    ok: false,
    log: { divergence: expect.stringContaining('the log diverges at') },
    blobs: null,
    tables: null,
    divergence: expect.stringContaining('the log diverges at'),
  });
});

/** Another byte at the end of the last chunk of events. */
async function changeLog(): Promise<void> {
  const root = openLmdb<Buffer, Buffer>({ path: join(directory, 'log'), noSubdir: false, ...BINARY });
  const events = root.openDB<Buffer, Buffer>('events', BINARY);
  const { key, value } = [...events.getRange()].at(-1) ?? {};
  if (!key || !value) throw new Error('the log has no events');
  const bytes = Buffer.from(value);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 1) ^ 1, bytes.length - 1);
  root.transactionSync(() => void events.put(Buffer.from(key), bytes));
  await root.close();
}
