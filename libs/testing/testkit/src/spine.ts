import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openChdb } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openLmdbLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import { systemClock } from '@tributary/kernel';

export type TestStore = {
  readonly directory: string;
  readonly log: EventLog;
  readonly engine: Engine;
  remove(): Promise<void>;
};

const migrations = join(import.meta.dirname, '../../../../migrations/clickhouse');

/** The real log and the real engine with every table, in a directory of their own. */
export async function openTestStore(): Promise<TestStore> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-'));
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  const engine = await openChdb({ directory: join(directory, 'tables'), threads: 8, readers: 1 });
  await migrate(engine, migrations);
  const remove = async (): Promise<void> => {
    await engine.close();
    await log.close();
    await rm(directory, { recursive: true, force: true });
  };
  return { directory, log, engine, remove };
}
