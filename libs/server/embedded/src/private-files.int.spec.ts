import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { afterAll, afterEach, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

const directory = mkdtempSync(join(tmpdir(), 'tributary-private-'));
afterAll(() => rmSync(directory, { recursive: true }));

let server: EmbeddedServer | undefined;
afterEach(() => server?.close());

/** Paths with permissions that the umask takes. */
const denied = (umask: number): string[] =>
  ['', ...readdirSync(directory, { recursive: true, encoding: 'utf8' })].filter(
    (path) => (statSync(join(directory, path), { throwIfNoEntry: false })?.mode ?? 0) & umask,
  );

/** The status of a request with a fact and an event that becomes a dead letter. */
async function post(url: string): Promise<number> {
  const data = { runId: 'private', attempt: 1, status: 'completed', lastStep: 1 };
  const event = { specversion: '1.0', id: 'a', source: 'urn:test', type: 'training.run.ended', data };
  const refused = { ...event, id: 'b', data: { ...data, status: 'no such status' } };
  const headers = { 'content-type': 'application/cloudevents-batch+json' };
  const body = JSON.stringify([event, refused]);
  return (await fetch(`${url}/v1/events?atomic=false`, { method: 'POST', headers, body })).status;
}

it('files have the permissions that the umask leaves: all that server and engine make, and earlier ones', async () => {
  chmodSync(directory, 0o755);
  mkdirSync(join(directory, 'blobs'), { mode: 0o755 });
  const options = { directory, host: '127.0.0.1', port: 0 };
  server = await startEmbedded(options);
  expect(server.warnings).toEqual([expect.stringContaining(`${directory} had the mode 0755`)]);
  expect(await post(server.url)).toBe(207);
  await openBlobs(join(directory, 'blobs')).put(Buffer.from('{}'));
  expect(denied(0o077)).toEqual([]);
  await server.close();
  chmodSync(directory, 0o770);
  server = await startEmbedded({ ...options, umask: 0o007 });
  expect(server.warnings).toEqual([]);
  expect(statSync(directory).mode & 0o777).toBe(0o770);
  expect(denied(0o007)).toEqual([]);
});
