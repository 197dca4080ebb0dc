import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenLog } from './log-under-test.fixture.ts';
import { describeEventLog } from './event-log.suite.ts';
import type { LmdbLogOptions } from './lmdb-log.ts';
import { openLmdbLog } from './lmdb-log.ts';

const openWith =
  (options: Partial<LmdbLogOptions>): OpenLog =>
  async (clock) => {
    const directory = mkdtempSync(join(tmpdir(), 'event-log-'));
    const open = () => openLmdbLog({ directory, clock, ...options });
    let log = await open();
    return {
      log,
      reopen: async () => {
        await log.close();
        log = await open();
        return log;
      },
      dispose: async () => {
        await log.close();
        rmSync(directory, { recursive: true, force: true });
      },
    };
  };

describeEventLog('LMDB', openWith({}));
describeEventLog(
  'LMDB with nothing kept in memory and small groups',
  openWith({ recentBytes: 0, groupBytes: 100 }),
);
