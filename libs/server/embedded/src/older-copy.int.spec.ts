import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-older-'));
const directory = join(root, 'data');
afterAll(() => rmSync(root, { recursive: true }));

type Served = { readonly url: string; readonly close: () => Promise<void> };
type Receipt = { readonly position: string; readonly hash: string };
type Answer = { readonly data: unknown; readonly errors?: readonly { readonly message: string }[] };

const serve = (): Promise<Served> => startEmbedded({ directory, host: '127.0.0.1', port: 0 });

async function post({ url }: Served, id: string): Promise<Receipt | undefined> {
  const data = { runId: id, attempt: 1, status: 'completed', lastStep: 1 };
  const event = { specversion: '1.0', id, source: 'urn:test', type: 'training.run.ended', data };
  const headers = { 'content-type': 'application/cloudevents+json' };
  const response = await fetch(`${url}/v1/events`, { method: 'POST', headers, body: JSON.stringify(event) });
  const { receipts } = (await response.json()) as { receipts: readonly Receipt[] };
  return receipts[0];
}

async function ask({ url }: Served, query: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

it('an older copy of the whole directory serves, refuses later positions, and gives them to other facts', async () => {
  let server = await serve();
  await post(server, 'a');
  await server.close();
  cpSync(directory, join(root, 'copy'), { recursive: true });
  server = await serve();
  const later = await post(server, 'b');
  await server.close();
  rmSync(directory, { recursive: true });
  renameSync(join(root, 'copy'), directory);

  server = await serve();
  expect((await fetch(`${server.url}/ready`)).status).toBe(200);
  const beyond = await ask(server, `{ runs(asOf: "${later?.position}") { totalCount } }`);
  expect(beyond.errors?.[0]?.message).toContain('this is an older copy of the log');
  const event = `{ event(position: "${later?.position}") { hash } }`;
  expect((await ask(server, event)).errors?.[0]?.message).toContain('there is no event at position 2');
  const other = await post(server, 'c');
  expect(other?.position).toBe(later?.position);
  expect((await ask(server, event)).data).toEqual({ event: { hash: other?.hash } });
  expect(other?.hash).not.toBe(later?.hash);
  await server.close();
});
