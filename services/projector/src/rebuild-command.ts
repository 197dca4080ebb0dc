import { openBlobs } from '@tributary/blobs';
import { connectServer, migrate, openShadow } from '@tributary/clickhouse';
import type { Engine } from '@tributary/clickhouse';
import { deadLetterSink } from '@tributary/dead-letters';
import type { Topic } from '@tributary/event-log';
import { VERSION } from '@tributary/http';
import { connectTopic } from '@tributary/kafka';
import { Fault, systemClock } from '@tributary/kernel';
import { eventFormat, requireSchema, topicAccess } from '@tributary/lifecycle';
import { tablesVersion } from '@tributary/projection';
import { openTracing } from '@tributary/telemetry';
import {
  Absence,
  batchTraces,
  groupsOf,
  PendingTimes,
  projections,
  rebuildTables,
  sinkOf,
  workOn,
} from '@tributary/projector';
import type { Asked, ClaimWork, Outcome, Rebuilding } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';
import { MIGRATIONS } from './migrations.ts';

/** Sums over whole tables take their time. */
const QUERY_MS = 3_600_000;

/** The log is there already: a batch that is not full waits only for what is on the way. */
const PATIENCE_MS = 200;
const LOOK_MS = 200;

type Tell = Rebuilding['tell'];

/** Rebuilds the tables of a group beside its projectors. Faults: see `rebuildTables`; `rebuild_on_cluster`. */
export async function rebuildCommand(config: ProjectorConfig, asked: Asked, tell: Tell): Promise<Outcome> {
  requireOneServer(config);
  const closing: (() => Promise<unknown>)[] = [];
  const opened = <Part extends { close(): Promise<unknown> }>(part: Part): Part => {
    closing.push(() => part.close());
    return part;
  };
  try {
    const engine = opened(await connectServer({ ...config.clickhouse, queryMillis: QUERY_MS }));
    /* What makes the tables of this version is applied to the live ones too, as its projector would do. */
    if (asked.verify) await requireSchema(engine.reader);
    else await migrate(engine, MIGRATIONS);
    const topic = opened(await topicOf(config, config.kafka.topic, tell));
    const letterTopic = opened(await topicOf(config, config.kafka.deadLettersTopic, tell));
    /* The projectors have parked what the tables cannot take; a new version may find more. */
    const letters = asked.verify
      ? { park: () => Promise.resolve([]) }
      : deadLetterSink({ topic: letterTopic });
    return await rebuildTables(await rebuilding({ config, engine, topic, letters, tell }), asked);
  } finally {
    for (const close of closing.toReversed()) await close();
  }
}

function requireOneServer({ clickhouse }: ProjectorConfig): void {
  if (clickhouse.cluster !== undefined)
    throw new Fault(
      'rebuild_on_cluster',
      'replicated tables cannot be exchanged with others: fill a new cluster with a group of its own, and point the services to it',
    );
}

const topicOf = ({ kafka, session }: ProjectorConfig, name: string, tell: Tell): Promise<Topic> =>
  connectTopic({
    ...topicAccess(kafka, name, 'tributary-rebuild'),
    group: { session, heartbeat: session / 15 },
    report: tell,
  });

type Parts = Pick<ClaimWork, 'letters'> & {
  readonly config: ProjectorConfig;
  readonly engine: Engine;
  readonly topic: Topic;
  readonly tell: Tell;
};

async function rebuilding({ config, engine, topic, letters, tell }: Parts): Promise<Rebuilding> {
  const shadow = openShadow({ engine, migrations: MIGRATIONS });
  const version = await tablesVersion(engine.reader, projections);
  const blobs = openBlobs(config.blobs);
  const sink = sinkOf(engine);
  const tracing = await openTracing({ service: 'rebuild', version: VERSION, endpoint: undefined });
  const absence = new Absence({
    now: systemClock,
    retried: () => undefined,
    changed: (fault) => tell(fault === undefined ? 'ClickHouse is back' : 'ClickHouse does not take rows'),
  });
  const work: ClaimWork = {
    topic: topic.name,
    engine: { reader: shadow.beside },
    sink: { ...sink, fill: (table) => sink.fill(shadow.nameOf(table)) },
    version,
    absence,
    blobs,
    format: eventFormat(blobs, topic.partitions),
    letters,
    traces: batchTraces(tracing),
    patience: Math.min(config.linger, PATIENCE_MS),
    omitted: () => undefined,
    pending: new PendingTimes(),
  };
  return {
    topic,
    groups: groupsOf(config.kafka.group),
    shadow,
    tables: [...projections.flatMap(({ tables }) => tables), 'log_event'],
    version,
    work: (limits) => workOn({ ...work, limits }),
    queueBytes: config.queueBytes,
    every: LOOK_MS,
    forgotten: 2 * config.session,
    tell,
  };
}
