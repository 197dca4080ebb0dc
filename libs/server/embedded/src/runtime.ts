import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openBlobs } from '@tributary/blobs';
import { migrate, openChdb, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { openDeadLetters, projectionRefusal } from '@tributary/dead-letters';
import { openLmdbLog } from '@tributary/event-log';
import type { LocalLog } from '@tributary/event-log';
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

/** How long the tables are not compared with what was inserted. A pass reads the positions of all rows. */
const CHECK_INTERVAL_MS = 60 * 60 * 1_000;

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

async function startRuntime(directory: string, log: LocalLog, engine: Engine): Promise<EmbeddedRuntime> {
  const blobs = openBlobs(join(directory, 'blobs'));
  const deadLetters = await openDeadLetters(join(directory, 'dead-letters'));
  await migrate(engine, MIGRATIONS);
  const version = await tablesVersion(engine.reader, projections);
  const park = (event: ParkedEvent) => deadLetters.park([projectionRefusal(event)]);
  const sink = sinkOf(engine);
  const shadow = openShadow({ engine, migrations: MIGRATIONS });
  const projector = await startProjector({
    log,
    logId: log.logId,
    blobs,
    projections,
    version,
    sink,
    shadow,
    checks: { reader: engine.reader, untilNext: untilNextCheck },
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
  const shortfall = projector.shortfall();
  const detached = projector.findings().filter(({ code }) => code === 'parts_detached');
  const conditions: ReadinessCondition[] = detached.map(({ detail }) => ({
    code: 'parts_detached',
    detail: `${detail}: their rows are not read; \`rebuild\` makes tables without them`,
  }));
  if (shortfall !== undefined) conditions.push({ code: 'tables_short', detail: shortfall });
  if (fault !== undefined)
    conditions.push({
      code: 'tables_stopped',
      detail: `the tables do not follow the log: ${faultText(fault)}`,
    });
  return conditions;
}

const untilNextCheck = (signal: AbortSignal): Promise<void> =>
  pause(CHECK_INTERVAL_MS, undefined, { signal, ref: false });

function linger(expire: () => void): () => void {
  const timer = setTimeout(expire, LINGER_MS);
  return () => clearTimeout(timer);
}
