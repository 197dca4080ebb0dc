import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import { scrubDirectory } from './scrub/scrub-directory.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-older-'));
const directory = join(root, 'data');
afterAll(() => rmSync(root, { recursive: true }));

type Served = { readonly url: string; readonly close: () => Promise<void> };
type Receipt = { readonly position: string; readonly hash: string };
type Answer = { readonly data: unknown; readonly errors?: readonly { readonly message: string }[] };

const serve = (witness?: string): Promise<Served> =>
  startEmbedded({ directory, witness, host: '127.0.0.1', port: 0 });

const ended = (id: string) => ({
  type: 'training.run.ended',
  data: { runId: id, attempt: 1, status: 'completed', lastStep: 1 },
});
/** Too long for the log, so its data are in a blob. */
const long = (id: string) => ({
  type: 'training.run.started',
  data: { runId: id, attempt: 1, model: { name: 'm' }, config: { note: 'x'.repeat(100_000) }, seeds: {} },
});

async function post({ url }: Served, id: string, fact: object = ended(id)): Promise<Receipt | undefined> {
  const event = { specversion: '1.0', id, source: 'urn:test', ...fact };
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

it('with a witness outside, an older copy is refused before anything is served; the newest one is not, nor one that was decided for', async () => {
  const [witness, copy, newest] = ['witness.json', 'older', 'newest'].map((name) => join(root, name));
  if (!witness || !copy || !newest) throw new Error('no paths');
  let server = await serve(witness);
  await post(server, 'd');
  await server.close();
  cpSync(directory, copy, { recursive: true });
  server = await serve(witness);
  const later = await post(server, 'e');
  await server.close();
  renameSync(directory, newest);
  cpSync(copy, directory, { recursive: true });

  const refusal = await serve(witness).catch((fault: unknown) => fault);
  expect(refusal).toMatchObject({ code: 'older_copy' });
  expect(String(refusal)).toContain(`the witness has seen position ${later?.position}`);
  expect(existsSync(join(directory, 'server.json'))).toBe(false);

  rmSync(directory, { recursive: true });
  renameSync(newest, directory);
  server = await serve(witness);
  expect(await ask(server, `{ event(position: "${later?.position}") { hash } }`)).toEqual({
    data: { event: { hash: later?.hash } },
  });
  await server.close();

  rmSync(directory, { recursive: true });
  renameSync(copy, directory);
  renameSync(witness, `${witness}.before`);
  server = await serve(witness);
  expect((await post(server, 'f'))?.position).toBe(later?.position);
  const ready = await fetch(`${server.url}/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ warnings: [] });
  await server.close();
});

it('a scrub that renames the newest event is no other copy, and the witness never had the secret', async () => {
  const [witness, secret] = [join(root, 'scrubbed.json'), 'hf_ABCDEFGHIJ0123456789KLMNOPQRST'];
  let server = await serve(witness);
  await post(server, `run-${secret}`);
  await server.close();
  expect(readFileSync(witness, 'utf8')).not.toContain(secret);
  const scrubbed = await scrubDirectory({
    directory,
    actor: 'ada',
    reason: 'a token was in a name',
    dryRun: false,
    step: () => undefined,
  });
  expect(scrubbed.events).not.toEqual([]);
  server = await serve(witness);
  const ready = await fetch(`${server.url}/ready`);
  expect(await ready.json()).toMatchObject({ warnings: [] });
  await server.close();
});

it('a witness that cannot be kept is a warning of a server that is ready', async () => {
  const server = await serve(join(root, 'not-mounted/witness.json'));
  const ready = await fetch(`${server.url}/ready`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toMatchObject({ warnings: [{ code: 'witness_unwritten' }] });
  expect((await post(server, 'g'))?.position).toBeDefined();
  await server.close();
});

it('an older copy of the folder of blobs alone is a warning from the start on, until the files are back', async () => {
  const [older, newest] = ['blobs-older', 'blobs-newest'].map((name) => join(root, name));
  if (!older || !newest) throw new Error('no paths');
  const blobs = join(directory, 'blobs');
  cpSync(blobs, older, { recursive: true });
  let server = await serve();
  const stored = await post(server, 'long', long('long'));
  await server.close();
  renameSync(blobs, newest);
  renameSync(older, blobs);

  server = await serve();
  const warned = await (await fetch(`${server.url}/ready`)).json();
  expect(warned).toMatchObject({ status: 'ready', warnings: [{ code: 'blobs_incomplete' }] });
  expect(JSON.stringify(warned)).toContain(`that at position ${stored?.position} among them`);
  cpSync(newest, blobs, { recursive: true });
  expect(await (await fetch(`${server.url}/ready`)).json()).toMatchObject({ warnings: [] });
  await server.close();
});
