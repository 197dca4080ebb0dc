import { recordFigures } from '@tributary/fixtures';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { sameBytes } from './as-of.fixture.ts';
import { removeDirectory, startServer, temporaryDirectory } from './server-under-test.fixture.ts';
import type { ServerUnderTest } from './server-under-test.fixture.ts';

const HISTORIES = 3;
const LENGTH = 300;
const POSITIONS = [1, 33, 77, 120, 201, 277, LENGTH];

describe.each(Array.from({ length: HISTORIES }, (_value, index) => 1_000 + index))('history %i', (seed) => {
  const directory = temporaryDirectory();
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await startServer(directory);
  });
  afterAll(async () => {
    await server.end('SIGKILL');
    removeDirectory(directory);
  });

  it('has the same bytes at every position after more events, a rebuild and a restart', async () => {
    server = await sameBytes(server, { seed, length: LENGTH, positions: POSITIONS });
    recordFigures(`answers as of earlier positions, history ${seed}`, {
      events: 3 * LENGTH,
      positions: POSITIONS.length,
    });
  });
});
