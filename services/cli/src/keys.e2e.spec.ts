import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const main = join(import.meta.dirname, '../../../dist/cli.js');
const folder = mkdtempSync(join(tmpdir(), 'tributary-access-'));
const data = join(folder, 'data');
/** Another user of the machine gets as far as the data directory. */
chmodSync(folder, 0o755);

type Ended = { readonly code: number; readonly out: string; readonly err: string };
type Environment = Readonly<Record<string, string>>;

function tributary(words: readonly string[], more: Environment = {}): Promise<Ended> {
  const env = { PATH: process.env['PATH'], HOME: folder, TRIBUTARY_DATA: data, ...more };
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), out, err });
    });
  });
}

const ENDED = {
  specversion: '1.0',
  id: 'e1',
  source: 'urn:test',
  type: 'training.run.ended',
  data: { runId: 'r', attempt: 1, status: 'completed', lastStep: 1 },
};

const KEY = z.object({ key: z.string(), keys: z.array(z.object({ id: z.string() })) });

describe.skipIf(!existsSync(main))('a server that asks for keys (needs a build)', () => {
  let server: ChildProcess;
  let url: string;
  beforeAll(async () => {
    server = spawn(process.execPath, [main, 'serve', '--port', '0', '--quiet'], {
      env: { TRIBUTARY_DATA: data, TRIBUTARY_AUTH: 'keys' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [announced] = await once(server.stdout!, 'data');
    url = String(announced).trim();
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    await once(server, 'exit');
    rmSync(folder, { recursive: true });
  });

  it('is used by the owner of the directory without a key, by its directory and by its address', async () => {
    const log = join(folder, 'log.ndjson');
    writeFileSync(log, `${JSON.stringify(ENDED)}\n`);
    expect(await tributary(['import', log])).toMatchObject({ code: 0 });
    expect(await tributary(['status', '--url', url])).toMatchObject({ code: 0 });
    const retracted = await tributary(['retract', 'shard', 's', '--reason', 'r']);
    expect(retracted).toMatchObject({ code: 0 });
    const impact = await tributary(['impact', 'shard', 's', '--json']);
    expect(impact.out).toContain(userInfo().username);
  });

  it('answers others who have a key, what its scopes allow, and names the missing one', async () => {
    const elsewhere = ['--url', url, '--data', join(folder, 'elsewhere')];
    expect((await tributary(['status', ...elsewhere])).err).toContain('send an API key');
    const made = await tributary(['keys', 'create', '--name', 'reader', '--scope', 'read', '--quiet']);
    const key = { TRIBUTARY_API_KEY: made.out.trim() };
    await expect.poll(async () => (await tributary(['status', ...elsewhere], key)).code).toBe(0);
    const refused = await tributary(['retract', 'shard', 's', '--reason', 'r', '--json', ...elsewhere], key);
    expect([refused.code, JSON.parse(refused.out)]).toMatchObject([1, { refusal: 'scope_missing' }]);
  });

  it('takes the old and the new key of a client while it changes them, and knows what either sent', async () => {
    const made = async () => {
      const words = ['keys', 'create', '--name', 'trainer', '--scope', 'write', '--json'];
      const { key, keys } = KEY.parse(JSON.parse((await tributary(words)).out));
      return { key, id: keys[0]?.id ?? '' };
    };
    const send = async (key: string, id: string): Promise<number> => {
      const headers = {
        'content-type': 'application/cloudevents+json',
        authorization: `Bearer ${key}`,
      };
      const body = JSON.stringify({ ...ENDED, id });
      return (await fetch(`${url}/v1/events`, { method: 'POST', headers, body })).status;
    };
    const old = await made();
    await expect.poll(() => send(old.key, 'rotated-0')).toBe(200);
    const next = await made();
    await expect.poll(() => send(next.key, 'rotated-1')).toBe(200);
    expect(await send(old.key, 'rotated-2')).toBe(201);
    expect(await tributary(['keys', 'revoke', old.id])).toMatchObject({ code: 0 });
    await expect.poll(() => send(old.key, 'rotated-3')).toBe(401);
    expect([200, 201]).toContain(await send(next.key, 'rotated-3'));
    expect(await send(next.key, 'rotated-2')).toBe(200);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'keeps other users of the machine out of directory and server (needs to be root)',
    async () => {
      const attempt = `
        const { readFileSync } = require('node:fs');
        const read = (() => { try { return readFileSync(${JSON.stringify(join(data, 'server.json'))}, 'utf8'); } catch (error) { return error.code; } })();
        fetch(${JSON.stringify(`${url}/graphql`)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ status { version } }"}' })
          .then(({ status }) => console.log(JSON.stringify({ read, status })));`;
      const other = spawn(process.execPath, ['-e', attempt], { uid: 12_345, gid: 12_345, cwd: '/' });
      const [seen] = await once(other.stdout, 'data');
      expect(JSON.parse(String(seen))).toEqual({ read: 'EACCES', status: 401 });
      expect(JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'))).toHaveProperty('token');
    },
  );
});
