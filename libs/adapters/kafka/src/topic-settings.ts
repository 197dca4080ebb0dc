import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@tributary/kernel';
import type { Admin } from 'kafkajs';
import { brokerFault, protocolError } from './client/broker-fault.ts';
import { withAdmin, type Access } from './client/cluster.ts';

/** How a topic is made where it is missing. */
export type NewTopic = {
  readonly partitions: number;
  readonly replicas: number;
  /** Kafka's settings of a topic, such as `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
};

export type TopicSettings = {
  readonly clusterId: string;
  readonly partitions: number;
  /** The broker's bound on a batch, in bytes. */
  readonly maxBatchBytes: number;
};

/** Kafka's own bound on a batch, where a topic says nothing else. */
const DEFAULT_MAX_BATCH_BYTES = 1_048_588;
/** The protocol's number of a topic among what has settings; kafkajs's own name for it is not seen by Node's loader. */
const TOPIC = 2;
/** Tries of 100 ms until a new topic is known everywhere. */
const MAX_LOOKUPS = 100;

/** What the cluster says about a topic; makes the topic where it is missing and that is wanted. */
export async function topicSettings(
  access: Access,
  { topic, clusterId: expected, create }: { topic: string; clusterId?: string; create?: NewTopic },
): Promise<TopicSettings> {
  return withAdmin(access, async (admin) => {
    const { clusterId } = await admin.describeCluster();
    if (expected !== undefined && clusterId !== expected) throw wrongCluster(access, clusterId, expected);
    const partitions = (await countPartitions(admin, topic)) ?? (await createTopic(admin, topic, create));
    return { clusterId, partitions, maxBatchBytes: await maxBatchBytes(admin, topic) };
  });
}

async function countPartitions(admin: Admin, topic: string): Promise<number | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length || undefined;
  } catch (error) {
    if (protocolError(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    throw error;
  }
}

async function createTopic(admin: Admin, topic: string, create: NewTopic | undefined): Promise<number> {
  if (create === undefined) throw topicMissing(topic);
  const { partitions, replicas, config = {} } = create;
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  try {
    // Answers false where somebody else has just made it, which is as good.
    // Whoever is asked for its leaders too early answers that there is no such topic, so we wait below.
    await admin.createTopics({
      waitForLeaders: false,
      topics: [{ topic, numPartitions: partitions, replicationFactor: replicas, configEntries }],
    });
  } catch (error) {
    throw brokerFault(firstOf(error), `cannot create topic ${topic}`);
  }
  for (let tries = 0; tries < MAX_LOOKUPS; tries += 1) {
    const count = await countPartitions(admin, topic);
    if (count !== undefined) return count;
    await pause(100);
  }
  throw new Fault('topic_missing', `topic ${topic} was made, but its broker does not know it yet`, {
    retryable: true,
  });
}

/** kafkajs gathers the errors of several topics in one. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;

async function maxBatchBytes(admin: Admin, topic: string): Promise<number> {
  const configNames = ['max.message.bytes'];
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: TOPIC, name: topic, configNames }],
    });
    return Number(resources[0]?.configEntries[0]?.configValue) || DEFAULT_MAX_BATCH_BYTES;
  } catch (error) {
    // The right to write does not include the right to ask.
    if (protocolError(error)?.includes('AUTHORIZATION')) return DEFAULT_MAX_BATCH_BYTES;
    throw error;
  }
}

const topicMissing = (topic: string): Fault =>
  new Fault(
    'topic_missing',
    `topic ${topic} does not exist; create it with \`kafka-topics.sh --create --topic ${topic} --partitions 4 ` +
      '--replication-factor 3 --config retention.ms=-1 --config min.insync.replicas=2`, or let it be made at the start',
  );

const wrongCluster = ({ brokers }: Access, found: string, expected: string): Fault =>
  new Fault(
    'wrong_cluster',
    `the brokers at ${brokers.join(', ')} belong to cluster ${found}, but offsets are kept of cluster ${expected}; ` +
      'connect to that cluster, or begin with an empty directory and an empty group',
  );
