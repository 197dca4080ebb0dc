import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  removeDirectory,
  startServer,
  temporaryDirectory,
} from '../../services/standalone/src/server-under-test.fixture.ts';
import type { ServerUnderTest } from '../../services/standalone/src/server-under-test.fixture.ts';
import { pythonMissing, runScript, sync } from './python-sdk.fixture.ts';
import { askAsOwner, expectWholeRun, playRestarts } from './restarts.fixture.ts';

const missing = pythonMissing();

describe.skipIf(missing !== '')(`a training script that records with Python${missing}`, () => {
  const directory = temporaryDirectory();
  const data = join(directory, 'data');
  const env = { TRIBUTARY_DATA: data, TRIBUTARY_SPOOL: join(directory, 'spool') };
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await startServer(data, { TRIBUTARY_AUTH: 'keys' });
  });
  afterAll(async () => {
    await server?.end('SIGKILL');
    removeDirectory(directory);
  });

  it('law: is counted once and whole, wherever it and its server are killed, and needs no key of the owner', async () => {
    const restart = async () => {
      await server.end('SIGKILL');
      server = await startServer(data, { TRIBUTARY_AUTH: 'keys' });
    };
    const { attempts } = await playRestarts({
      directory,
      env,
      steps: 300,
      kills: [900, 1_400, 600],
      restart,
    });
    const ended = await sync(env);
    expect(ended).toMatchObject({ code: 0 });
    await expectWholeRun(ask, { attempts, steps: 300 });
  });

  it('has every fact that it can record taken, and counts what a fork inherited', async () => {
    const ended = await runScript({ name: 'every_call.py', env });
    expect(ended.output).toMatch(/refused=0, dropped=0, invalid=0, last_error=None/);
    await expect
      .poll(() =>
        ask(
          '{ runs(first: 10) { nodes { id } } exposure(run: "all/calls ü") { complete reason total rows { slice tokens inherited } } }',
        ),
      )
      .toEqual({
        runs: { nodes: [{ id: 'all/calls ü' }, { id: 'restarted' }] },
        exposure: {
          complete: true,
          reason: null,
          total: 5_225,
          rows: [
            { slice: 'code', tokens: 3_225, inherited: 3_000 },
            { slice: 'math', tokens: 2_000, inherited: 2_000 },
          ],
        },
      });
  });

  /** Asks as the owner of the data directory, once the tables have everything. */
  async function ask<Answer>(query: string): Promise<Answer> {
    return askAsOwner<Answer>(data, query);
  }
});
