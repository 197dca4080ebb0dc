import { openBlobs } from '@tributary/blobs';
import { openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import type { Topic } from '@tributary/event-log';
import { VERSION } from '@tributary/http';
import { systemClock } from '@tributary/kernel';
import { eventFormat, requiredBlobs, requirePinned } from '@tributary/lifecycle';
import { tablesVersion } from '@tributary/projection';
import type { FailedFact } from '@tributary/projection';
import {
  OutageTracker,
  batchTraces,
  groupsOf,
  PendingTimes,
  projections,
  sinkOf,
  partitionWork,
  shortestLinger,
} from '@tributary/projector';
import type { GroupRebuild, PartitionWork } from '@tributary/projector';
import { openTracing } from '@tributary/telemetry';
import type { ProjectorConfig } from './config.ts';
import { MIGRATIONS } from './migrations.ts';

/** Sums over whole tables take long. */
export const QUERY_MS = 3_600_000;

/** The log is there already: a batch that is not full waits only for records in flight. */
const LINGER_MS = 200;
const POLL_MS = 200;

type Parts = Pick<PartitionWork, 'deadLetters'> & {
  readonly config: ProjectorConfig;
  readonly engine: Engine;
  readonly topic: Topic;
  readonly report: GroupRebuild['report'];
};

/** What a rebuild of the tables works with, in the command and in a projector. */
export async function rebuilding({
  config,
  engine,
  topic,
  deadLetters,
  report,
}: Parts): Promise<GroupRebuild> {
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
  const failed = new Map<string, FailedFact>();
  const work: PartitionWork = {
    topic: topic.name,
    partitions: topic.partitions,
    engine: { reader: shadow.shadow },
    sink: { ...sink, openBlock: (table) => sink.openBlock(shadow.nameOf(table)) },
    version,
    outages,
    blobs: requiredBlobs(blobs, config.blobs, topic),
    format: eventFormat(blobs, topic.partitions),
    deadLetters,
    traces: batchTraces(tracing),
    linger: Math.max(Math.min(config.linger, LINGER_MS), shortestLinger(topic.partitions)),
    foreign: config.foreign,
    omitted: () => undefined,
    failed: ({ position, fault }) => void failed.set(position, { position, detail: fault.message }),
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
    failed: () => [...failed.values()],
    outage: () => outages.current()?.fault,
    queueBytes: config.queueBytes,
    pollMillis: POLL_MS,
    memberTimeout: 2 * config.session,
    report,
  };
}
