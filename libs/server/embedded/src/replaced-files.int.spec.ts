import { copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEmbedded } from './embedded.ts';
import type { EmbeddedServer } from './embedded.ts';

const root = mkdtempSync(join(tmpdir(), 'replaced-files-'));
const directory = join(root, 'data');
let server: EmbeddedServer;

const start = async (): Promise<void> => {
  server = await startEmbedded({ directory, host: '127.0.0.1', port: 0, faultGrace: 500 });
};
beforeAll(start);
afterAll(async () => {
  await server.close();
  rmSync(root, { recursive: true });
});

/** Posts the end of a run, which is refused where its status is unknown. */
async function post(id: string, status = 'completed'): Promise<number> {
  const data = { runId: id, attempt: 1, status, lastStep: 1 };
  const body = { specversion: '1.0', id, source: 'urn:test', type: 'training.run.ended', data };
  const headers = { 'content-type': 'application/cloudevents+json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return (await fetch(`${server.url}/v1/events?atomic=false`, init)).status;
}

async function conditions(): Promise<unknown> {
  const { conditions: found = [] } = Object(await (await fetch(`${server.url}/ready`)).json());
  return found;
}

/** A file of before in the place of the one that is open, by a rename, as tools that restore do it. */
function putBack(copy: string, file: string): void {
  copyFileSync(copy, `${file}.new`);
  renameSync(`${file}.new`, file);
}

it.each([
  ['log', 'completed', 'log_stopped', 'log_replaced'],
  ['dead-letters', 'unheard-of', 'dead_letters_stopped', 'dead_letters_replaced'],
])(
  'a server whose file in %s is replaced says so while it is idle, confirms nothing, and ends at the first write',
  async (folder, status, condition, code) => {
    const file = join(directory, folder, 'data.mdb');
    const copy = join(root, folder);
    await post('before', 'unheard-of');
    copyFileSync(file, copy);
    expect(await conditions()).toEqual([]);
    putBack(copy, file);
    const said = [{ code: condition, detail: expect.stringContaining('was deleted, moved or replaced') }];
    expect(await conditions()).toMatchObject(said);
    expect(await post('lost', status)).toBe(503);
    expect(await server.died).toMatchObject({ code });
    await server.close();
    await start();
    expect(await conditions()).toEqual([]);
    expect(await post(`after-${folder}`)).toBe(201);
    await server.close();
    await start();
  },
);
