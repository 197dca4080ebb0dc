import { join } from 'node:path';
import { openChdb } from '@tributary/clickhouse';
import { afterAll, expect, it } from 'vitest';
import { removeDirectory, runEnded, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const directory = temporaryDirectory();
let server: ServerUnderTest;
afterAll(async () => {
  await server?.end('SIGKILL');
  removeDirectory(directory);
});

type Rebuilt = {
  readonly rebuild: {
    readonly equal: boolean;
    readonly exchanged: boolean;
    readonly divergence: { readonly before: readonly string[]; readonly after: readonly string[] } | null;
  };
};

const rebuild = async (verify: boolean): Promise<Rebuilt['rebuild']> => {
  const document = `mutation ($verify: Boolean!) {
    rebuild(verify: $verify) { equal exchanged divergence { table position type key before after } }
  }`;
  return (await server.ask<Rebuilt>(document, { verify })).rebuild;
};

it('finds an edit of the tables by its event, keeps it with --verify, and repairs it otherwise', async () => {
  server = await startServer(directory);
  await server.record(...['a', 'b', 'c', 'd'].map((id) => runEnded(id)));
  await server.caughtUp();
  expect(await server.end('SIGTERM')).toBe(0);

  const engine = await openChdb({ directory: join(directory, 'tables'), threads: 8, readers: 1 });
  await engine.command(
    "ALTER TABLE tributary.training_run_end UPDATE reason = 'edited' WHERE run_id = 'run-c' SETTINGS mutations_sync = 2",
  );
  await engine.close();

  server = await startServer(directory);
  const found = await rebuild(true);
  expect(found).toMatchObject({
    equal: false,
    exchanged: false,
    divergence: {
      table: 'training_run_end',
      position: '3',
      type: 'training.run.ended',
      key: null,
    },
  });
  expect(found.divergence?.before).toEqual([expect.stringContaining('edited')]);
  expect(found.divergence?.after).toEqual([expect.stringContaining('run-c')]);
  expect(found.divergence?.after[0]).not.toContain('edited');
  expect(await rebuild(false)).toEqual({ ...found, exchanged: true });
  expect(await rebuild(true)).toEqual({ equal: true, exchanged: false, divergence: null });
});
