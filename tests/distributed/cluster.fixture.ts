import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brokerUnavailable, startBroker, startClickHouse } from '@tributary/test-servers';
import type { Broker, ClickHouse } from '@tributary/test-servers';
import { startProcess } from './process-under-test.fixture.ts';
import type { ProcessUnderTest, Service } from './process-under-test.fixture.ts';

/** The reason why no cluster can start on this machine; undefined if it can. */
export const clusterUnavailable = brokerUnavailable;

/** A broker, chDB behind an HTTP emulator of ClickHouse, and services in processes of their own. */
export type Cluster = {
  readonly broker: Broker;
  readonly clickhouse: ClickHouse;
  readonly directory: string;
  /** The environment variables that every service gets. */
  readonly env: Readonly<Record<string, string>>;
  start(service: Service, more?: Readonly<Record<string, string>>): Promise<ProcessUnderTest>;
  /** Kills the running processes and deletes all files. */
  stop(): Promise<void>;
};

type Options = {
  readonly partitions?: number;
  /** A directory with existing tables, which is kept. Without it, the tables are empty and temporary. */
  readonly tables?: string;
};

const KEPT = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': '2097152' };

export async function startCluster({ partitions = 4, tables }: Options = {}): Promise<Cluster> {
  const directory = mkdtempSync(join(tmpdir(), 'tributary-cluster-'));
  const [broker, clickhouse] = await Promise.all([
    startBroker(),
    startClickHouse(tables === undefined ? {} : { directory: tables }),
  ]);
  const env = {
    KAFKA_BROKERS: broker.bootstrap.join(','),
    CLICKHOUSE_URL: clickhouse.url,
    TRIBUTARY_BLOBS: join(directory, 'blobs'),
    KAFKA_SESSION_TIMEOUT_MS: '6000',
  };
  makeTopics(directory, env, partitions);
  const running: ProcessUnderTest[] = [];
  return {
    broker,
    clickhouse,
    directory,
    env,
    async start(service, more = {}) {
      const own = { TRIBUTARY_DATA: join(directory, `${service}-${running.length}`) };
      const started = await startProcess(service, { ...env, ...own, ...more });
      running.push(started);
      return started;
    },
    async stop() {
      await Promise.all(running.map((one) => one.end('SIGKILL')));
      await Promise.all([broker.stop(), clickhouse.stop()]);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Connection options of the test itself for a topic of the cluster. */
export const topicAt = ({ broker }: Pick<Cluster, 'broker'>, topic = 'tributary.events') => ({
  brokers: broker.bootstrap,
  clientId: 'test',
  topic,
});

/** Creates topics as an operator does: with `ingest topics` and a list of topics. */
function makeTopics(directory: string, env: Readonly<Record<string, string>>, partitions: number): void {
  const list = join(directory, 'topics.json');
  const topics = [
    { topic: 'tributary.events', partitions, replicas: 1, config: KEPT },
    { topic: 'tributary.dead-letters', partitions: 1, replicas: 1, config: KEPT },
  ];
  writeFileSync(list, JSON.stringify(topics));
  const main = join(import.meta.dirname, '../../services/ingest/dist/main.js');
  execFileSync(process.execPath, [main, 'topics', list], { env });
}
