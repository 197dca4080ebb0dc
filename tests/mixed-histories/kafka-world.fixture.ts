import type { Blobs } from '@tributary/blobs';
import type { Engine } from '@tributary/clickhouse';
import type { DeadLetters } from '@tributary/dead-letters';
import type { Topic } from '@tributary/event-log';
import { connectTopic } from '@tributary/kafka';
import { requirePinned } from '@tributary/lifecycle';
import type { Mutation } from './mutations.fixture.ts';
import { codeOf } from './system.fixture.ts';

/** What the processes of one system share. After a move they share another topic, with another group and directory. */
export type KafkaWorld = {
  readonly bootstrap: readonly string[];
  readonly topic: string;
  readonly partitions: number;
  readonly engine: Engine;
  readonly blobs: Blobs;
  readonly deadLetters: DeadLetters;
  /** Of the replicas. */
  readonly directory: string;
  readonly mutation: Mutation;
};

export const groupOf = ({ topic }: Pick<KafkaWorld, 'topic'>): string => `${topic}.tables`;

const KEPT = { 'retention.ms': '-1', 'cleanup.policy': 'delete', 'max.message.bytes': '2097152' };

/** A connection to the topic, which is made where it is missing. */
export const connectAnyhow = ({ bootstrap, topic, partitions }: KafkaWorld): Promise<Topic> =>
  connectTopic({
    brokers: bootstrap,
    clientId: 'mixed-histories',
    topic,
    create: { partitions, replicas: 1, config: KEPT },
    group: { session: 6_000, heartbeat: 100, rebalance: 6_000, retry: 100 },
  });

/** A connection of a service, as it is made at its start. Throws Fault `partitions_changed`. */
export async function connect(world: KafkaWorld): Promise<Topic> {
  const topic = await connectAnyhow(world);
  try {
    requirePinned(topic, await topic.commits(groupOf(world)));
    return topic;
  } catch (fault) {
    await topic.close();
    throw fault;
  }
}

/** Undefined where partitions were added to the topic: then no service starts, and each names the way out. */
export async function connectUnlessGrown(world: KafkaWorld): Promise<Topic | undefined> {
  try {
    return await connect(world);
  } catch (fault) {
    const isRefused = codeOf(fault) === 'partitions_changed' && String(fault).includes('ingest.js copy');
    if (isRefused) return undefined;
    throw fault;
  }
}
