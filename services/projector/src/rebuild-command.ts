import { openBlobs } from '@tributary/blobs';
import { connectServer, migrate, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { deadLetterSink } from '@tributary/dead-letters';
import type { Topic } from '@tributary/event-log';
import { VERSION } from '@tributary/http';
import { connectTopic } from '@tributary/kafka';
import { Fault, systemClock } from '@tributary/kernel';
import { eventFormat, requireSchema, topicAccess, requirePinned } from '@tributary/lifecycle';
import { tablesVersion } from '@tributary/projection';
import type { RebuildRequest } from '@tributary/projection';
import { openTracing } from '@tributary/telemetry';
import {
  OutageTracker,
  batchTraces,
  groupsOf,
  PendingTimes,
  projections,
  rebuildTables,
  sinkOf,
  partitionWork,
} from '@tributary/projector';
import type { GroupRebuild, PartitionWork, RebuildOutcome } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';
import { MIGRATIONS } from './migrations.ts';

/** Sums over whole tables take long. */
const QUERY_MS = 3_600_000;

/** The log is there already: a batch that is not full waits only for records in flight. */
const LINGER_MS = 200;
const POLL_MS = 200;

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

type Parts = Pick<PartitionWork, 'deadLetters'> & {
  readonly config: ProjectorConfig;
  readonly engine: Engine;
  readonly topic: Topic;
  readonly report: Report;
};

async function rebuilding({ config, engine, topic, deadLetters, report }: Parts): Promise<GroupRebuild> {
  requirePinned(topic, await topic.commits(config.kafka.group));
  const shadow = openShadow({ engine, migrations: MIGRATIONS });
  const version = await tablesVersion(engine.reader, projections);
  const blobs = openBlobs(config.blobs);
  const sink = sinkOf(engine);
  const tracing = await openTracing({ service: 'rebuild', version: VERSION, endpoint: undefined });
  const outages = new OutageTracker({
    now: systemClock,
    retried: () => undefined,
    changed: (fault) =>
      report(
        fault === undefined ? 'ClickHouse is available again' : 'ClickHouse does not accept rows: retrying',
      ),
  });
  const work: PartitionWork = {
    topic: topic.name,
    partitions: topic.partitions,
    engine: { reader: shadow.shadow },
    sink: { ...sink, openBlock: (table) => sink.openBlock(shadow.nameOf(table)) },
    version,
    outages,
    blobs,
    format: eventFormat(blobs, topic.partitions),
    deadLetters,
    traces: batchTraces(tracing),
    linger: Math.min(config.linger, LINGER_MS),
    foreign: config.foreign,
    omitted: () => undefined,
    pendingTimes: new PendingTimes(),
  };
  return {
    topic,
    groups: groupsOf(config.kafka.group),
    shadow,
    tables: [...projections.flatMap(({ tables }) => tables), 'log_event'],
    isCounted: true,
    version,
    work: (limits) => partitionWork({ ...work, limits }),
    queueBytes: config.queueBytes,
    pollMillis: POLL_MS,
    memberTimeout: 2 * config.session,
    report,
  };
}
