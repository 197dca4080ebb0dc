import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { removeDirectory, startServer } from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { changedTables, unpacked } from './written-before.fixture.ts';
import type { DirectoryWritten } from './written-before.fixture.ts';

const { directory, expected } = unpacked<DirectoryWritten>('data-directory.tgz');

type Rebuilt = {
  readonly rebuild: {
    readonly equal: boolean;
    readonly position: string;
    readonly tables: readonly {
      readonly table: string;
      readonly rowsBefore: string | number;
      readonly checksumBefore: string;
    }[];
  };
};
type Status = { readonly status: { readonly deadLetters: { readonly parked: number } } };

let server: ServerUnderTest;
beforeAll(async () => {
  server = await startServer(join(directory, 'data'));
});
afterAll(async () => {
  await server?.end('SIGTERM');
  removeDirectory(directory);
});

it('opens where the process before was killed, and has every event', async () => {
  expect(await server.caughtUp()).toBe(expected.position);
  const { status } = await server.ask<Status>('{ status { deadLetters { parked } } }');
  expect(status.deadLetters.parked).toBe(expected.deadLetters);
});

it('has in every table what the version before had, and rebuilds it equal from the log', async () => {
  const { rebuild } = await server.ask<Rebuilt>(
    'mutation { rebuild(verify: true) { equal position tables { table rowsBefore checksumBefore } } }',
  );
  expect(rebuild.equal).toBe(true);
  const now = rebuild.tables.map(({ table, rowsBefore, checksumBefore }) => ({
    table,
    rows: Number(rowsBefore),
    checksum: checksumBefore,
  }));
  expect(changedTables(expected.tables, now)).toEqual([]);
});

it('answers a retry of what the version before acknowledged with the first receipts', async () => {
  const { stored, receipts } = await server.record(...expected.resent);
  expect(stored).toBe(0);
  expect(receipts).toEqual(expected.receipts);
});
