import { REQUEST_LIMITS } from '@tributary/capture';
import { connectServer, migrate } from '@tributary/clickhouse';
import type { Engine, Topology } from '@tributary/clickhouse';
import { deadLetterSink } from '@tributary/dead-letters';
import type { Membership, Topic } from '@tributary/event-log';
import { faultText } from '@tributary/http';
import type { ReadinessCondition } from '@tributary/http';
import { systemClock } from '@tributary/kernel';
import {
  eventFormat,
  keptRecords,
  openGroupTables,
  openOwnBlobs,
  openResources,
  openTopic,
  partitionsAdded,
  requiredBlobs,
  watchKeptRecords,
} from '@tributary/lifecycle';
import type { GroupTables, Opened, Telemetry } from '@tributary/lifecycle';
import { tablesVersion } from '@tributary/projection';
import {
  IncompleteInserts,
  OutageTracker,
  batchTraces,
  deadWork,
  isOfBrokers,
  outageCondition,
  openMeasurements,
  PendingTimes,
  projections,
  sinkOf,
  partitionWork,
  requireLinger,
  watchDetachedParts,
} from '@tributary/projector';
import type { GroupRefill, PartitionWork } from '@tributary/projector';
import type { ProjectorConfig } from './config.ts';
import { MIGRATIONS } from './migrations.ts';
import { ProjectorModule } from './projector.module.ts';
import { openRefill } from './refill.ts';

/** Joins the group that projects the log into the tables, and works on the partitions that it is assigned. */
export const openProjector = (config: ProjectorConfig, telemetry: Telemetry): Promise<Opened> =>
  openResources(async (resources) => {
    const { kafka, session } = config;
    const service = 'projector';
    const engine = resources.add(await openTables(config));
    const group = { session, heartbeat: session / 15 };
    const topic = resources.add(await openTopic(kafka, kafka.topic, { service, telemetry, group }));
    requireLinger({ linger: config.linger, partitions: topic.partitions });
    const deadLettersTopic = resources.add(
      await openTopic(kafka, kafka.deadLettersTopic, { service, telemetry }),
    );
    const kept = resources.add(watchKeptRecords([topic, deadLettersTopic], keptRecords(telemetry)));
    const detached = resources.add(
      watchDetachedParts({ reader: engine.reader, cluster: config.clickhouse.cluster }),
    );
    const tables = resources.add(
      await openGroupTables({ topic, group: kafka.group, onPartitionsAdded: partitionsAdded(telemetry) }),
    );
    const deadLetters = deadLetterSink({ topic: deadLettersTopic, clock: systemClock });
    const incomplete = new IncompleteInserts();
    const running = await join({ config, telemetry, engine, topic, deadLetters, tables, incomplete });
    resources.add({ close: () => running.membership.leave() });
    const { membership } = running;
    const refill = openRefill({
      config,
      telemetry,
      engine,
      topic,
      deadLetters,
      tables,
      membership,
      incomplete,
    });
    if (refill) resources.add(refill);
    return {
      health: {
        ...healthOf({ ...running, refill }, topic),
        warnings: () => [...kept.warnings(), ...detached.warnings()],
      },
      module: (health) => ProjectorModule.with(health),
    };
  });

async function openTables({ clickhouse }: ProjectorConfig): Promise<Engine> {
  const engine = await connectServer(clickhouse);
  try {
    await migrate(engine, MIGRATIONS, topologyOf(clickhouse.cluster));
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

const topologyOf = (name: string | undefined): Topology =>
  name === undefined ? { kind: 'single' } : { kind: 'cluster', name };

type Parts = {
  readonly config: ProjectorConfig;
  readonly telemetry: Telemetry;
  readonly engine: Engine;
  readonly topic: Topic;
  readonly deadLetters: PartitionWork['deadLetters'];
  readonly tables: GroupTables;
  readonly incomplete: IncompleteInserts;
};

type Running = {
  readonly membership: Membership;
  readonly outages: OutageTracker;
  readonly tables: GroupTables;
  readonly blobs: { overdue(): unknown };
};

async function join(parts: Parts): Promise<Running> {
  const { config, telemetry, engine, topic, deadLetters, tables, incomplete } = parts;
  const own = openOwnBlobs(config.blobs, REQUEST_LIMITS.requestTimeout);
  const pending = new PendingTimes();
  const measurements = openMeasurements(telemetry, { topic, tables, pending, membership: () => membership });
  const outages = new OutageTracker({
    now: systemClock,
    retried: measurements.retried,
    changed: (fault) =>
      fault === undefined
        ? telemetry.log.info('clickhouse.available')
        : telemetry.log.warn(isOfBrokers(fault) ? 'kafka.unavailable' : 'clickhouse.unavailable', {}, fault),
  });
  const work = partitionWork({
    topic: topic.name,
    partitions: topic.partitions,
    engine,
    sink: measurements.sink(sinkOf(engine, topologyOf(config.clickhouse.cluster))),
    isReplicated: config.clickhouse.cluster !== undefined,
    version: await tablesVersion(engine.reader, projections),
    outages,
    blobs: requiredBlobs(own.blobs, config.blobs, topic),
    format: eventFormat(own.blobs, topic.partitions),
    deadLetters,
    traces: batchTraces(telemetry.tracing),
    linger: config.linger,
    foreign: config.foreign,
    pendingTimes: pending,
    omitted: measurements.omitted,
    incomplete,
  });
  const membership: Membership = await topic.join({
    group: config.kafka.group,
    queueBytes: config.queueBytes,
    work: async (assignment) => {
      telemetry.log.info('projector.assigned', {
        partition: assignment.partition,
        offset: assignment.committed?.offset ?? 0,
      });
      measurements.assigned();
      await work(assignment);
      telemetry.log.info('projector.released', { partition: assignment.partition });
    },
  });
  return { membership, outages, tables, blobs: own };
}

const healthOf = (
  { membership, outages, tables, blobs, refill }: Running & { readonly refill: GroupRefill | undefined },
  topic: Topic,
): Opened['health'] => ({
  async conditions() {
    const outage = outages.current();
    const fault = membership.fault();
    const conditions: ReadinessCondition[] = [];
    if (outage) conditions.push(outageCondition(outage.fault, faultText(outage.fault)));
    if (fault !== undefined)
      conditions.push({ code: codeOf(fault), detail: `the projector cannot work: ${faultText(fault)}` });
    const overdue = blobs.overdue();
    if (overdue !== undefined)
      conditions.push({
        code: 'blobs_overdue',
        detail: `the tables do not follow the log at present: ${faultText(overdue)}`,
      });
    return [...conditions, ...(refill?.conditions() ?? [])];
  },
  dead: () => deadWork(membership),
  ready: () => ({
    topic: topic.name,
    assignments: membership.assignments(),
    position: tables.position(),
    queuedBytes: membership.queuedBytes(),
    paused: membership.paused(),
  }),
});

const codeOf = (fault: unknown): string =>
  typeof fault === 'object' && fault !== null && 'code' in fault ? String(fault.code) : 'fault';
