import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REQUEST_LIMITS } from '@tributary/capture';
import { holdCommits } from '@tributary/test-processes';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

/** Milliseconds that a request may take, and that a dead server goes on. */
const LIMIT = 2_000;

const directory = mkdtempSync(join(tmpdir(), 'hanging-disk-'));
let server: EmbeddedServer;
beforeAll(async () => {
  const limits = { ...REQUEST_LIMITS, requestTimeout: LIMIT };
  server = await startEmbedded({ directory, host: '127.0.0.1', port: 0, limits, faultGrace: LIMIT / 2 });
});
afterAll(async () => {
  await server.close();
  rmSync(directory, { recursive: true });
});

async function post(id: string, status = 'completed'): Promise<number> {
  const data = { runId: id, attempt: 1, status, lastStep: 1 };
  const body = { specversion: '1.0', id, source: 'urn:test', type: 'training.run.ended', data };
  const headers = { 'content-type': 'application/cloudevents+json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(`${server.url}/v1/events?atomic=false`, init)).status;
}

async function ready(): Promise<{ status: number; codes: string[] }> {
  const response = await fetch(`${server.url}/ready`);
  const { conditions = [] } = (await response.json()) as { conditions?: { code: string }[] };
  return { status: response.status, codes: conditions.map(({ code }) => code) };
}

const tablesHave = (position: string) => async (): Promise<boolean> => {
  const query = '{ status { projected { position } } }';
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  };
  const answer: unknown = await (await fetch(`${server.url}/graphql`, init)).json();
  return JSON.stringify(answer).includes(`"position":"${position}"`);
};

it('is a condition of a server whose log hangs on its disk, from the deadline of a request until it goes on, and ends nothing', async () => {
  let died = false;
  server.died.then(
    () => (died = true),
    () => undefined,
  );
  expect(await post('a')).toBe(201);
  await expect.poll(tablesHave('1')).toBe(true);
  const release = await holdCommits(join(directory, 'log'));
  expect(await ready()).toEqual({ status: 200, codes: [] });
  expect(await post('b')).toBe(503);
  await expect.poll(ready).toEqual({ status: 503, codes: ['log_overdue'] });
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  expect(await tablesHave('1')()).toBe(true);
  /* Longer than the grace after which a dead server ends. */
  await new Promise((resolve) => setTimeout(resolve, LIMIT));
  expect(died).toBe(false);
  await release();
  await expect.poll(ready).toEqual({ status: 200, codes: [] });
  expect(await post('b')).toBe(200);
  expect(await post('c')).toBe(201);
  expect(died).toBe(false);
});

it('is a condition of a server whose dead letters hang, which accepts what is valid and answers what is not', async () => {
  const release = await holdCommits(join(directory, 'dead-letters'));
  expect(await post('d', 'no such status')).toBe(503);
  expect(await post('e')).toBe(201);
  await expect.poll(ready).toEqual({ status: 503, codes: ['dead_letters_overdue'] });
  await release();
  await expect.poll(ready).toEqual({ status: 200, codes: [] });
  expect(await post('d', 'no such status')).toBe(422);
});

it('is a condition of a server whose blobs hang, which ends what needs one and goes on with the rest', async () => {
  const content = Buffer.from('what a producer said');
  const sha256 = createHash('sha256').update(content).digest('hex');
  const blob = `${server.url}/v1/blobs/${sha256}`;
  const stored = async (): Promise<number> => {
    const headers = { 'content-type': 'application/octet-stream' };
    return (await fetch(blob, { method: 'PUT', headers, body: content })).status;
  };
  expect(await stored()).toBe(201);
  const path = join(directory, 'blobs', sha256.slice(0, 2), sha256);
  rmSync(path);
  /* Opening a pipe that nobody writes to waits as a read of a disk that hangs does. */
  execFileSync('mkfifo', [path]);
  const response = await fetch(blob);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({
    detail: expect.stringContaining('did not answer within 2 s'),
  });
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  await expect.poll(ready).toEqual({ status: 503, codes: ['blobs_overdue'] });
  expect(await post('f')).toBe(201);
  appendFileSync(path, content);
  await expect.poll(ready).toEqual({ status: 200, codes: [] });
  rmSync(path);
  expect(await stored()).toBe(201);
  expect(await (await fetch(blob)).text()).toBe(String(content));
});
