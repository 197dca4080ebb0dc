import { connectServer, migrate } from '@tributary/clickhouse';
import { deadLetterSink } from '@tributary/dead-letters';
import type { Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import { Fault } from '@tributary/kernel';
import { requireSchema, topicAccess } from '@tributary/lifecycle';
import type { RebuildRequest } from '@tributary/projection';
import { rebuildTables } from '@tributary/projector';
import type { GroupRebuild, RebuildOutcome } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';
import { MIGRATIONS } from './migrations.ts';
import { QUERY_MS, rebuilding } from './rebuilding.ts';

type Report = GroupRebuild['report'];

/** Rebuilds the tables of a group while its projectors go on. Throws Fault `rebuild_on_cluster`, and those of `rebuildTables`. */
export async function rebuildCommand(
  config: ProjectorConfig,
  request: RebuildRequest,
  report: Report,
): Promise<RebuildOutcome> {
  requireOneServer(config);
  const closing: (() => Promise<unknown>)[] = [];
  const opened = <Part extends { close(): Promise<unknown> }>(part: Part): Part => {
    closing.push(() => part.close());
    return part;
  };
  try {
    const engine = opened(await connectServer({ ...config.clickhouse, queryMillis: QUERY_MS }));
    /* The migrations of this version are applied to the live tables too, as its projector would do. */
    if (request.verify) await requireSchema(engine.reader);
    else await migrate(engine, MIGRATIONS);
    const topic = opened(await topicOf(config, config.kafka.topic, report));
    const deadLettersTopic = opened(await topicOf(config, config.kafka.deadLettersTopic, report));
    /* The projectors have parked the facts that make no rows; a new version may find others. */
    const deadLetters = request.verify
      ? { park: () => Promise.resolve([]) }
      : deadLetterSink({ topic: deadLettersTopic });
    return await rebuildTables(await rebuilding({ config, engine, topic, deadLetters, report }), request);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

function requireOneServer({ clickhouse }: ProjectorConfig): void {
  if (clickhouse.cluster !== undefined)
    throw new Fault(
      'rebuild_on_cluster',
      'replicated tables cannot be exchanged: fill a new cluster with a group of its own, and point the services to it',
    );
}

const topicOf = ({ kafka, session }: ProjectorConfig, name: string, report: Report): Promise<Topic> =>
  connectTopic({
    ...topicAccess(kafka, name, 'tributary-rebuild'),
    group: { session, heartbeat: session / 15 },
    report,
  });
