import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { afterAll, expect, it } from 'vitest';
import { startEmbedded } from '../embedded.ts';
import { verifyDirectory } from './verify-directory.ts';

const directory = mkdtempSync(join(tmpdir(), 'tributary-verify-'));
afterAll(() => rmSync(directory, { recursive: true }));

async function record(url: string, runId: string): Promise<number> {
  const response = await fetch(`${url}/v1/events`, {
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
  return response.status;
}

const verify = () => verifyDirectory(directory, 16, () => {});

it('finds no divergence where there is none, then names the first one in the order tables, blobs, log', async () => {
  const server = await startEmbedded({ directory, host: '127.0.0.1', port: 0 });
  expect([await record(server.url, 'a'), await record(server.url, 'b')]).toEqual([201, 201]);
  await server.close();
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
  changeLog();
  expect(await verify()).toMatchObject({
    ok: false,
    log: { divergence: 'a chunk fails its checksum' },
    blobs: null,
    tables: null,
    divergence: 'a chunk fails its checksum',
  });
});

/** Another source of each event, wherever the file of the log has it. */
function changeLog(): void {
  const file = join(directory, 'log/data.mdb');
  const text = readFileSync(file, 'latin1');
  expect(text).toContain('urn:test');
  writeFileSync(file, text.replaceAll('urn:test', 'urn:tesu'), 'latin1');
}
