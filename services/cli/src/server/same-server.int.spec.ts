import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@tributary/embedded';
import { afterAll, expect, it } from 'vitest';
import { StatusDocument } from '../generated/documents.ts';
import { ask } from './graphql.ts';
import { postEvents } from './post-events.ts';
import { withServer } from './reach.ts';

const root = mkdtempSync(join(tmpdir(), 'tributary-same-server-'));
afterAll(() => rmSync(root, { recursive: true }));

const serving = (name: string, port: number) =>
  startEmbedded({ directory: join(root, name), host: '127.0.0.1', port });

const event = (id: string): string =>
  JSON.stringify({
    specversion: '1.0',
    id,
    source: 'urn:test',
    type: 'training.exposure.recorded',
    time: '2026-01-01T00:00:00Z',
    data: {
      runId: 'r',
      attempt: 1,
      firstStep: 1,
      lastStep: 1,
      unit: 'token',
      method: 'measured',
      amounts: [{ slice: 'code', amount: 1 }],
    },
  });

const positionAt = async (url: string): Promise<string> =>
  (await ask(url, StatusDocument, {})).status.log.position;

it('sends no more of an import to a server that has the port of the one that ended in the middle of it', async () => {
  const data = join(root, 'own');
  const own = await serving('own', 0);
  const port = Number(new URL(own.url).port);
  const options = { data, environment: {}, quiet: true };
  const opened: { close: () => Promise<void> }[] = [];
  await withServer(options, async (url) => {
    expect(await postEvents(url, [event('00000000-0000-7000-8000-000000000001')])).toMatchObject({
      ok: true,
    });
    await own.close();
    const other = await serving('other', port);
    opened.push(other);
    const post = postEvents(url, [event('00000000-0000-7000-8000-000000000002')]);
    await expect(post).rejects.toMatchObject({ refusal: 'server_gone' });
    expect(await positionAt(other.url)).toBe('0');
    await other.close();
    opened.push(await serving('own', port));
    expect(await postEvents(url, [event('00000000-0000-7000-8000-000000000002')])).toMatchObject({
      ok: true,
    });
  });
  for (const server of opened) await server.close();
});
