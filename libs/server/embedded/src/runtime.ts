import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { migrate, openChdb, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openDeadLetters, projectionRefusal } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import type { EventLog } from '@tributary/event-log';
import type { Runtime } from '@tributary/graphql';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { systemClock } from '@tributary/kernel';
import { startProjector, tablesVersion } from '@tributary/projection';
import type { ParkedEvent, Projector } from '@tributary/projection';
import { projections, rebuild, sinkOf } from '@tributary/projector';

/** The log, the tables, and the projector between them. */
export type EmbeddedRuntime = Runtime & {
  readonly engine: Engine;
  readonly projector: Projector;
  close(): Promise<void>;
};

const MIGRATIONS = join(import.meta.dirname, '../../../../migrations/clickhouse');

/** How long a batch waits for more events. Each insert has a fixed cost, and many small inserts must be merged. */
const LINGER_MS = 1_000;

/** Opens everything under one directory. Throws the fault of what cannot be opened, such as `log_locked`. */
export async function openRuntime(directory: string, threads: number): Promise<EmbeddedRuntime> {
  const log = await openLmdbLog({ directory: join(directory, 'log'), clock: systemClock });
  try {
    const engine = await openChdb({ directory: join(directory, 'tables'), threads });
    return await startRuntime(directory, log, engine);
  } catch (error) {
    await log.close();
    throw error;
  }
}

async function startRuntime(directory: string, log: EventLog, engine: Engine): Promise<EmbeddedRuntime> {
  const blobs = openBlobs(join(directory, 'blobs'));
  const deadLetters = await openDeadLetters(join(directory, 'dead-letters'));
  await migrate(engine, MIGRATIONS);
  const version = await tablesVersion(engine.reader, projections);
  const park = (event: ParkedEvent) => deadLetters.park([projectionRefusal(event)]);
  const sink = sinkOf(engine);
  const shadow = openShadow({ engine, migrations: MIGRATIONS });
  const projector = await startProjector({
    log,
    blobs,
    projections,
    version,
    sink,
    shadow,
    linger,
    park,
  });
  return {
    directory,
    log,
    blobs,
    deadLetters,
    engine,
    projector,
    conditions: async () => conditionsOf(projector),
    rebuild: ({ verify }) => rebuild({ log, projector }, verify),
    close: async () => {
      await projector.stop();
      await engine.close();
      await deadLetters.close();
      await log.close();
    },
  };
}

/** Dead letters are no condition, because they stop nothing. */
function conditionsOf(projector: Projector): ReadinessCondition[] {
  const fault = projector.fault();
  return fault === undefined
    ? []
    : [{ code: 'tables_stopped', detail: `the tables do not follow the log: ${faultText(fault)}` }];
}

function linger(expire: () => void): () => void {
  const timer = setTimeout(expire, LINGER_MS);
  return () => clearTimeout(timer);
}
