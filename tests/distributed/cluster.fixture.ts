import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTopic } from '@tributary/kafka';
import { brokerUnavailable, sharedBroker, startClickHouse } from '@tributary/test-servers';
import type { ClickHouse, SharedBroker } from '@tributary/test-servers';
import { startProcess } from './process-under-test.fixture.ts';
import type { ProcessUnderTest, Service } from './process-under-test.fixture.ts';

/** The reason why no cluster can start on this machine; undefined if it can. */
export const clusterUnavailable = brokerUnavailable;

/** The shared broker, chDB behind an HTTP emulator of ClickHouse, and services in processes of their own. */
export type Cluster = {
  readonly broker: SharedBroker;
  /** The topic of events, that of dead letters, and the group of the projectors: names of this cluster alone. */
  readonly topic: string;
  readonly deadLetters: string;
  readonly group: string;
  readonly clickhouse: ClickHouse;
  readonly directory: string;
  /** The environment variables that every service gets. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts a service with variables of its own, from the bundles of this version or from those in another folder. */
  start(
    service: Service,
    more?: Readonly<Record<string, string>>,
    bundles?: string,
  ): Promise<ProcessUnderTest>;
  /** Kills the running processes and deletes all files. */
  stop(): Promise<void>;
};

type Options = {
  readonly partitions?: number;
  /** A directory with existing tables, which is kept. Without it, the tables are empty and temporary. */
  readonly tables?: string;
  /** Creates the topics as an operator does, with `ingest topics` and a list, instead of through a client. */
  readonly isOperated?: boolean;
};

const KEPT = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': '2097152' };

export async function startCluster({
  partitions = 4,
  tables,
  isOperated = false,
}: Options = {}): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-cluster-'));
  const [broker, clickhouse] = await Promise.all([
    sharedBroker(),
    startClickHouse(tables === undefined ? {} : { directory: tables }),
  ]);
  const name = `cluster-${randomUUID()}`;
  const names = { topic: `${name}.events`, deadLetters: `${name}.dead-letters`, group: `${name}.tables` };
  const env = {
    KAFKA_BROKERS: broker.bootstrap.join(','),
    KAFKA_TOPIC: names.topic,
    KAFKA_DEAD_LETTERS_TOPIC: names.deadLetters,
    KAFKA_GROUP: names.group,
    CLICKHOUSE_URL: clickhouse.url,
    TRIBUTARY_BLOBS: join(directory, 'blobs'),
    KAFKA_SESSION_TIMEOUT_MS: '6000',
  };
  const topics = [
    { topic: names.topic, partitions, replicas: 1, config: KEPT },
    { topic: names.deadLetters, partitions: 1, replicas: 1, config: KEPT },
  ];
  if (isOperated) operate(directory, env, topics);
  else await Promise.all(topics.map((one) => create(broker, one)));
  const running: ProcessUnderTest[] = [];
  return {
    broker,
    ...names,
    clickhouse,
    directory,
    env,
    async start(service, more = {}, bundles) {
      const own = { TRIBUTARY_DATA: join(directory, `${service}-${running.length}`) };
      const started = await startProcess(service, { ...env, ...own, ...more }, bundles);
      running.push(started);
      return started;
    },
    async stop() {
      await Promise.all(running.map((one) => one.end('SIGKILL')));
      await clickhouse.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Connection options of the test itself for a topic of the cluster: that of events, unless one is given. */
export const topicAt = (
  { broker, topic: events }: Pick<Cluster, 'broker' | 'topic'>,
  topic: string = events,
) => ({
  brokers: broker.bootstrap,
  clientId: 'test',
  topic,
});

type TopicSettings = {
  readonly topic: string;
  readonly partitions: number;
  readonly replicas: number;
  readonly config: Readonly<Record<string, string>>;
};

async function create({ bootstrap }: SharedBroker, { topic, ...settings }: TopicSettings): Promise<void> {
  const created = await connectTopic({ brokers: bootstrap, clientId: 'test', topic, create: settings });
  await created.close();
}

/** Creates topics as an operator does: with `ingest topics` and a list of topics. */
function operate(
  directory: string,
  env: Readonly<Record<string, string>>,
  topics: readonly TopicSettings[],
): void {
  const list = join(directory, 'topics.json');
  writeFileSync(list, JSON.stringify(topics));
  const main = join(import.meta.dirname, '../../dist/ingest.js');
  execFileSync(process.execPath, [main, 'topics', list], { env });
}
