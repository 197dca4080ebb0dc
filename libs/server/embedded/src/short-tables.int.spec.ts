import { mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChdb } from '@tributary/clickhouse';
import { afterAll, afterEach, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

const directory = mkdtempSync(join(tmpdir(), 'tributary-short-'));
afterAll(() => rmSync(directory, { recursive: true }));

let server: EmbeddedServer;
afterEach(() => server.close());

async function start(): Promise<void> {
  server = await startEmbedded({ directory, host: '127.0.0.1', port: 0 });
}

async function post(runId: string, config: object): Promise<void> {
  const event = {
    specversion: '1.0',
    id: runId,
    source: 'urn:test',
    type: 'training.run.started',
    data: { runId, attempt: 1, model: { name: 'm' }, config, seeds: {} },
  };
  const headers = { 'content-type': 'application/cloudevents+json' };
  const init = { method: 'POST', headers, body: JSON.stringify(event) };
  expect((await fetch(`${server.url}/v1/events`, init)).status).toBe(201);
}

type Answer = { readonly data?: { readonly runs: object } };

async function runs(): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ query: '{ runs { totalCount complete reason } }' });
  const response = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
  return ((await response.json()) as Answer).data?.runs;
}

const readiness = async (): Promise<unknown> => {
  const response = await fetch(`${server.url}/ready`);
  return { ...((await response.json()) as object), status: response.status };
};

const activeParts = {
  name: 'test',
  sql: "SELECT name FROM system.parts WHERE database = 'tributary' AND table = 'training_run' AND active",
  params: { parse: (): Record<string, never> => ({}) },
  row: { parse: (value: unknown) => value as { readonly name: string } },
};

/** What the engine does with a part that it finds broken. */
async function detachParts(): Promise<void> {
  const engine = await openChdb({ directory: join(directory, 'tables'), threads: 16 });
  for (const { name } of await engine.reader.all(activeParts, {}))
    await engine.command(`ALTER TABLE tributary.training_run DETACH PART '${name}'`);
  await engine.close();
}

/** The only blob; without it the tables cannot be filled again. */
function blobPath(): string {
  const blobs = join(directory, 'blobs');
  const file = readdirSync(blobs, { recursive: true }).find((name) => /[0-9a-f]{64}$/.test(String(name)));
  return join(blobs, String(file));
}

it('are not ready, and say which parts were set aside, until they are filled again', async () => {
  await start();
  await post('short', {});
  await post('long', { note: 'x'.repeat(70_000) });
  await expect.poll(runs).toMatchObject({ totalCount: 2, complete: true });
  await server.close();
  const blob = blobPath();
  renameSync(blob, `${blob}-away`);
  await detachParts();

  await start();
  const detached = { code: 'parts_detached', detail: expect.stringContaining('training_run') };
  const short = { code: 'tables_short', detail: expect.stringContaining('training_run') };
  await expect
    .poll(readiness)
    .toMatchObject({ status: 503, conditions: expect.arrayContaining([detached, short]) });
  expect(await runs()).toMatchObject({ complete: false, reason: expect.stringContaining('missing') });

  renameSync(`${blob}-away`, blob);
  await expect.poll(readiness, { timeout: 60_000 }).toMatchObject({ status: 200 });
  expect(await runs()).toEqual({ totalCount: 2, complete: true, reason: null });
});
