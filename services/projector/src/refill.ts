import { connectServer, migrate } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import type { Membership, Topic } from '@tributary/event-log';
import { openComparedTables, rowLooks } from '@tributary/lifecycle';
import type { GroupTables, Telemetry } from '@tributary/lifecycle';
import {
  checkpointsOf,
  isExchanging,
  projections,
  refillTables,
  startGroupRefill,
} from '@tributary/projector';
import type { GroupRefill, IncompleteInserts, PartitionWork } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';
import { MIGRATIONS } from './migrations.ts';
import { QUERY_MS, rebuilding } from './rebuilding.ts';

type Refilled = Pick<PartitionWork, 'deadLetters'> & {
  readonly config: ProjectorConfig;
  readonly telemetry: Telemetry;
  readonly engine: Engine;
  readonly topic: Topic;
  readonly tables: GroupTables;
  readonly membership: Pick<Membership, 'assigned'>;
  readonly incomplete: IncompleteInserts;
};

/** Of the projectors of a group, the one that has this partition looks after the tables. */
const FIRST_PARTITION = 0;

/**
 * Looks after the tables of the group: compares them, and fills them again from the topic where they lack rows. What this
 * process has noticed itself needs no comparison.
 * Undefined where that is switched off, and on a cluster, whose tables cannot be exchanged.
 */
export function openRefill(refilled: Refilled): GroupRefill | undefined {
  const { config, engine, topic, tables, membership, incomplete } = refilled;
  if (!config.refill || config.clickhouse.cluster !== undefined) return undefined;
  const rows = rowLooks({ reader: engine.reader, tables, projections });
  return startGroupRefill({
    isOurs: () => membership.assigned().includes(FIRST_PARTITION),
    incomplete: () => incomplete.among(membership.assigned()),
    compare: () => openComparedTables({ rows }),
    isExchanging: async () => isExchanging(checkpointsOf(await topic.commits(config.kafka.group))),
    refill: (signal) => refill(refilled, signal),
  });
}

async function refill(
  { config, telemetry, topic, deadLetters }: Refilled,
  signal: AbortSignal,
): Promise<void> {
  const engine = await connectServer({ ...config.clickhouse, queryMillis: QUERY_MS });
  /* A comparison of large tables does not delay the end of the process. */
  const close = (): void => void engine.close();
  signal.addEventListener('abort', close, { once: true });
  const report = (line: string): void => telemetry.log.info('projector.refill', { line });
  try {
    /* A table that is gone is made again. */
    await migrate(engine, MIGRATIONS);
    const work = await rebuilding({ config, engine, topic, deadLetters, report });
    await refillTables({ ...work, signal });
    telemetry.log.info('projector.refilled');
  } finally {
    signal.removeEventListener('abort', close);
    await engine.close();
  }
}
