import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectTopic } from '@tributary/kafka';
import type { Topic } from '@tributary/event-log';
import { startBroker, startClickHouse, startTcpProxy } from '@tributary/test-servers';
import type { Broker, ClickHouse, TcpProxy } from '@tributary/test-servers';
import { startProcess } from '../distributed/process-under-test.fixture.ts';
import type { ProcessUnderTest, Service } from '../distributed/process-under-test.fixture.ts';

type Environment = Readonly<Record<string, string>>;

/** A broker with a proxied second listener, for isolated scenarios. */
export type TestCluster = {
  readonly broker: Broker;
  /** In front of the broker's second listener. */
  readonly proxy: TcpProxy;
  /** Topics, tables and processes of one scenario. */
  stage(name: string, options?: StageOptions): Promise<Stage>;
  stop(): Promise<void>;
};

type StageOptions = {
  readonly partitions?: number;
  /** Milliseconds without a heartbeat after which the group removes a member. */
  readonly session?: number;
};

export type Stage = {
  readonly name: string;
  /** The events, through the first listener. */
  readonly topic: Topic;
  readonly deadLetters: Topic;
  readonly clickhouse: ClickHouse;
  readonly group: string;
  readonly session: number;
  /** The environment that makes a process use the proxied listener. */
  readonly throughProxy: Environment;
  start(service: Service, more?: Environment): Promise<ProcessUnderTest>;
  stop(): Promise<void>;
};

export async function openTestCluster(): Promise<TestCluster> {
  let proxy: TcpProxy | undefined;
  const advertise = async (port: number): Promise<number> => {
    proxy = await startTcpProxy({ to: { host: '127.0.0.1', port } });
    return proxy.port;
  };
  const broker = await startBroker({ advertise });
  if (!proxy) throw new Error('the broker did not ask for a port of its second listener');
  const between = proxy;
  const stages: Stage[] = [];
  return {
    broker,
    proxy: between,
    async stage(name, options = {}) {
      const stage = await openStage(broker, name, options);
      stages.push(stage);
      return stage;
    },
    async stop() {
      await Promise.all(stages.map((stage) => stage.stop()));
      await between.stop();
      await broker.stop();
    },
  };
}

const KEPT = { 'retention.ms': '-1', 'max.message.bytes': '2097152' };

async function openStage(broker: Broker, name: string, options: StageOptions): Promise<Stage> {
  const { partitions = 4, session = 1_500 } = options;
  const directory = mkdtempSync(join(tmpdir(), `tributary-chaos-`));
  const clickhouse = await startClickHouse();
  const connect = (topic: string, count: number): Promise<Topic> =>
    connectTopic({
      brokers: broker.bootstrap,
      clientId: 'chaos',
      topic,
      create: { partitions: count, replicas: 1, config: KEPT },
      group: { session, heartbeat: session / 15 },
    });
  const topic = await connect(`${name}.events`, partitions);
  const deadLetters = await connect(`${name}.dead-letters`, 1);
  const group = `${name}.tables`;
  const env = {
    KAFKA_BROKERS: broker.bootstrap.join(','),
    KAFKA_TOPIC: topic.name,
    KAFKA_DEAD_LETTERS_TOPIC: deadLetters.name,
    KAFKA_GROUP: group,
    KAFKA_SESSION_TIMEOUT_MS: String(session),
    TRIBUTARY_BATCH_LINGER_MS: '50',
    TRIBUTARY_BLOBS: join(directory, 'blobs'),
    CLICKHOUSE_URL: clickhouse.url,
  };
  const running = new Set<ProcessUnderTest>();
  let started = 0;
  let stopped: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await Promise.all([...running].map((one) => one.end('SIGKILL')));
    await Promise.all([topic.close(), deadLetters.close(), clickhouse.stop()]);
    rmSync(directory, { recursive: true, force: true });
  };
  return {
    name,
    topic,
    deadLetters,
    clickhouse,
    group,
    session,
    throughProxy: { KAFKA_BROKERS: broker.proxied.join(',') },
    async start(service, more = {}) {
      started += 1;
      const own = { TRIBUTARY_DATA: join(directory, `${service}-${started}`) };
      const one = await startProcess(service, { ...env, ...own, ...more });
      running.add(one);
      return one;
    },
    stop: () => (stopped ??= end()),
  };
}
