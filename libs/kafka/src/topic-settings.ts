import { Fault } from '@tributary/kernel';
// oxlint-disable-next-line no-restricted-imports -- this package is the adapter of kafkajs
import { ConfigResourceTypes } from 'kafkajs';
import { setTimeout as pause } from 'node:timers/promises';
import { brokerFault, protocolError } from './client/broker-fault.ts';
import { administer, type Access } from './client/cluster.ts';
import type { Link } from './client/link.ts';

/** How a topic is made where it is missing. */
export type NewTopic = {
  readonly partitions: number;
  readonly replicas: number;
  /** Kafka's settings of a topic, such as `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
};

/** Kafka's own bound on a batch, where a topic says nothing else. */
const DEFAULT_MAX_BATCH_BYTES = 1_048_588;
/** Tries of 100 ms until a new topic is known everywhere. */
const TRIES = 100;

/** The number of partitions; makes the topic where it is missing and that is wanted. */
export async function partitionsOf(
  link: Link,
  access: Access,
  topic: string,
  create: NewTopic | undefined,
): Promise<number> {
  const known = await countPartitions(link, topic);
  if (known !== undefined) return known;
  if (create === undefined) throw missing(topic);
  await createTopic(access, topic, create);
  for (let tries = 0; tries < TRIES; tries += 1) {
    const made = await countPartitions(link, topic);
    if (made !== undefined) return made;
    await pause(100);
  }
  throw new Fault('topic_missing', `topic ${topic} was made but no broker knows it yet`, { retryable: true });
}

async function countPartitions(link: Link, topic: string): Promise<number | undefined> {
  try {
    return await link.use(async (cluster) => {
      await cluster.refreshMetadata();
      return cluster.findTopicPartitionMetadata(topic).length || undefined;
    });
  } catch (error) {
    if (protocolError(error) === 'UNKNOWN_TOPIC_OR_PARTITION') return undefined;
    throw error;
  }
}

async function createTopic(access: Access, topic: string, create: NewTopic): Promise<void> {
  const configEntries = Object.entries(create.config ?? {}).map(([name, value]) => ({ name, value }));
  await administer(access, (admin) =>
    // False where somebody else has just made it, which is as good.
    admin.createTopics({
      waitForLeaders: true,
      topics: [
        { topic, numPartitions: create.partitions, replicationFactor: create.replicas, configEntries },
      ],
    }),
  ).catch((error: unknown) => {
    throw brokerFault(firstOf(error), `cannot create topic ${topic}`);
  });
}

/** kafkajs gathers the errors of several topics in one. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;

const missing = (topic: string): Fault =>
  new Fault(
    'topic_missing',
    `topic ${topic} does not exist; create it with \`kafka-topics.sh --create --topic ${topic} --partitions 4 ` +
      '--replication-factor 3 --config retention.ms=-1 --config min.insync.replicas=2`, or let it be made at the start',
  );

/** The bound on a batch as the topic has it; Kafka's default where we may not ask. */
export async function maxBatchBytesOf(access: Access, topic: string): Promise<number> {
  try {
    const { resources } = await administer(access, (admin) =>
      admin.describeConfigs({
        includeSynonyms: false,
        resources: [
          { type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['max.message.bytes'] },
        ],
      }),
    );
    const told = resources[0]?.configEntries.find(({ configName }) => configName === 'max.message.bytes');
    return Number(told?.configValue) || DEFAULT_MAX_BATCH_BYTES;
  } catch (error) {
    if (protocolError(error)?.includes('AUTHORIZATION')) return DEFAULT_MAX_BATCH_BYTES;
    throw error;
  }
}
