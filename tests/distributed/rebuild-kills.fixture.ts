import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBlobs } from '@tributary/blobs';
import { migrate, openChdb, openShadow } from '@tributary/clickhouse';
import type { Block, Engine } from '@tributary/clickhouse';
import { openPartitionLog } from '@tributary/event-log';
import type { PartitionAssignment, NewEvent, Topic } from '@tributary/event-log';
import { connectTopic, partitionOf } from '@tributary/kafka';
import { eventFormat } from '@tributary/lifecycle';
import { boundedLog, eventAt, knownEvents, lastPosition, projectPartition } from '@tributary/projection';
import type { ReadLimits, Sink } from '@tributary/projection';
import { formatEventPosition, partitionStart, systemClock } from '@tributary/kernel';
import type { SqlReader } from '@tributary/kernel';
import { groupsOf } from '@tributary/projector';
import type { GroupRebuild } from '@tributary/projector';
import {
  ALL_MIGRATIONS,
  projection,
  sinkOf,
} from '../../libs/core/projection/src/rebuild/rebuild.fixture.ts';

const TABLES = [...projection.tables, 'log_event'];
const CREATED = [...TABLES, 'is_at_or_before'];
const PARTITIONS = 2;

/** What a rebuild connects to. A test may replace a part with one that fails. */
type Connections = { readonly topic: Topic; readonly engine: Engine };

export type Stage = Connections & {
  /** Appends events, each to the partition of its stream. */
  append(events: readonly NewEvent[]): Promise<void>;
  /** A rebuild of the tables with these connections. */
  rebuilding(parts?: Partial<Connections>): GroupRebuild;
  /** The work of a projector on the live tables. */
  readonly project: (assignment: PartitionAssignment) => Promise<void>;
  readonly reported: string[];
  stop(): Promise<void>;
};

/** A topic of a real broker, the embedded engine, and few tables. */
export async function openStage(brokers: readonly string[], name: string): Promise<Stage> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-rebuild-'));
  const migrations = join(directory, 'migrations');
  await someMigrations(migrations);
  const engine = await openChdb({ directory: join(directory, 'tables'), threads: 8, readers: 1 });
  await migrate(engine, migrations);
  const topic = await connectTopic({
    brokers,
    clientId: 'spec',
    topic: name,
    create: { partitions: PARTITIONS, replicas: 1 },
    group: { session: 2000, heartbeat: 50, rebalance: 4000, retry: 50 },
  });
  const format = eventFormat(openBlobs(join(directory, 'blobs')), PARTITIONS);
  const reports: string[] = [];
  const working =
    (reader: SqlReader, sink: Sink<Block>, limits?: ReadLimits) =>
    async (assignment: PartitionAssignment) => {
      const { lost, partition } = assignment;
      const known = knownEvents(reader, partition);
      const log = openPartitionLog({
        assignment,
        format,
        known,
        storedAt: (position) => eventAt(reader, position),
        refuse: (refused) => Promise.reject(new Error(JSON.stringify(refused))),
      });
      await projectPartition({
        log: limits ? boundedLog(log, partition, limits) : log,
        start: formatEventPosition(partitionStart(partition)),
        lost,
        lastPosition: () => lastPosition(reader, partition),
        projections: [projection],
        registersEvents: true,
        version: 'v1',
        sink,
        linger: shortLinger,
      });
    };
  return {
    topic,
    engine,
    reported: reports,
    project: working(engine.reader, sinkOf(engine)),
    async append(events) {
      const records = events.map((event) => {
        const record = format.write(event, { recordTime: systemClock() });
        return { ...record, partition: partitionOf(record.key, PARTITIONS) };
      });
      await topic.append(records);
    },
    rebuilding(parts = {}) {
      const reached = { topic, engine, ...parts };
      const shadow = openShadow({ engine: reached.engine, migrations });
      const sink = sinkOf(reached.engine);
      const shadowSink: Sink<Block> = { ...sink, openBlock: (table) => sink.openBlock(shadow.nameOf(table)) };
      return {
        topic: reached.topic,
        groups: groupsOf(name),
        shadow,
        tables: TABLES,
        version: 'v1',
        work: (limits) => working(shadow.shadow, shadowSink, limits),
        queueBytes: 1_000_000,
        pollMillis: 20,
        memberTimeout: 10_000,
        report: (line) => void reports.push(line),
      };
    },
    async stop() {
      await topic.close();
      await engine.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const shortLinger = (expire: () => void) => {
  const timer = setTimeout(expire, 20);
  return () => clearTimeout(timer);
};

async function someMigrations(directory: string): Promise<void> {
  await mkdir(directory);
  const wanted = (await readdir(ALL_MIGRATIONS))
    .toSorted()
    .filter((name) =>
      CREATED.some((created) => new RegExp(`^\\d+_create_${created}(_mv)?\\.sql$`).test(name)),
    );
  for (const [index, name] of wanted.entries())
    await copyFile(
      join(ALL_MIGRATIONS, name),
      join(directory, `${String(index + 1).padStart(4, '0')}${name.slice(4)}`),
    );
}
