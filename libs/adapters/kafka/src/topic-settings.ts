import { Fault, retry, sleep } from '@tributary/kernel';
import type { Admin } from 'kafkajs';
import { brokerFault, protocolError } from './client/broker-fault.ts';
import { withAdmin, type Access } from './client/cluster.ts';

/** How a missing topic is created. */
export type NewTopic = {
  readonly partitions: number;
  readonly replicas: number;
  /** Kafka's topic settings, such as `retention.ms`. */
  readonly config?: Readonly<Record<string, string>>;
};

export type TopicSettings = {
  readonly clusterId: string;
  readonly partitions: number;
  /** The largest batch that the broker accepts, in bytes. */
  readonly maxBatchBytes: number;
  /** The settings by which the broker removes records, such as `retention.ms=604800000`; empty where it keeps all, undefined where they may not be read. */
  readonly removing: readonly string[] | undefined;
};

/** Kafka's default of `max.message.bytes`. */
const DEFAULT_MAX_BATCH_BYTES = 1_048_588;
/** The protocol's code for a resource of type topic. Node's loader does not see kafkajs's named export of it. */
const TOPIC = 2;
/** Lookups of a new topic, 100 ms apart, until its broker knows it. */
const MAX_LOOKUPS = 100;
/** The broker that describes a new topic may hear of it later than the one that created it. */
const LATE_BROKER = { firstDelay: 100, maxDelay: 100, attempts: MAX_LOOKUPS, sleep };

/** Reads the settings of a topic. Creates the topic first if it is missing and `create` is given. */
export async function topicSettings(
  access: Access,
  { topic, clusterId: expected, create }: { topic: string; clusterId?: string; create?: NewTopic },
): Promise<TopicSettings> {
  return withAdmin(access, async (admin) => {
    const { clusterId } = await admin.describeCluster();
    if (expected !== undefined && clusterId !== expected) throw wrongCluster(access, clusterId, expected);
    const partitions = (await countPartitions(admin, topic)) ?? (await createTopic(admin, topic, create));
    const describe = (): Promise<Described> => describedSettings(admin, topic);
    const described = await retry(describe, { ...LATE_BROKER, isRetryable: isUnknownTopic });
    return {
      clusterId,
      partitions,
      maxBatchBytes: Number(described?.get('max.message.bytes')) || DEFAULT_MAX_BATCH_BYTES,
      removing: removingSettings(described),
    };
  });
}

const isUnknownTopic = (error: unknown): boolean => protocolError(error) === 'UNKNOWN_TOPIC_OR_PARTITION';

async function countPartitions(admin: Admin, topic: string): Promise<number | undefined> {
  try {
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    return topics[0]?.partitions.length || undefined;
  } catch (error) {
    if (isUnknownTopic(error)) return undefined;
    throw error;
  }
}

/** kafkajs's number for a setting of the topic itself. */
const SET_FOR_TOPIC = 1;

/** How a topic was created: what `create` takes to make one like it. Throws Fault `topic_missing`. */
export function describeTopic(access: Access, topic: string): Promise<NewTopic> {
  return withAdmin(access, async (admin) => {
    if ((await countPartitions(admin, topic)) === undefined) throw topicMissing(topic);
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    const partitions = topics[0]?.partitions ?? [];
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: TOPIC, name: topic }],
    });
    const own = resources[0]?.configEntries.filter(({ configSource }) => configSource === SET_FOR_TOPIC);
    return {
      partitions: partitions.length,
      replicas: partitions[0]?.replicas.length ?? 1,
      config: Object.fromEntries((own ?? []).map(({ configName, configValue }) => [configName, configValue])),
    };
  }).catch((error: unknown) => {
    throw brokerFault(error, `cannot read the settings of topic ${topic}`);
  });
}

async function createTopic(admin: Admin, topic: string, create: NewTopic | undefined): Promise<number> {
  if (create === undefined) throw topicMissing(topic);
  const { partitions, replicas, config = {} } = create;
  const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
  try {
    // Answers false if another process has just created it, which is fine. A broker that is asked for the leaders too
    // early answers that there is no such topic, so the wait is below instead.
    await admin.createTopics({
      waitForLeaders: false,
      topics: [{ topic, numPartitions: partitions, replicationFactor: replicas, configEntries }],
    });
  } catch (error) {
    throw brokerFault(firstOf(error), `cannot create topic ${topic}`);
  }
  for (let lookup = 0; lookup < MAX_LOOKUPS; lookup += 1) {
    const count = await countPartitions(admin, topic);
    if (count !== undefined) return count;
    await sleep(100);
  }
  throw new Fault('topic_missing', `topic ${topic} was created, but its broker does not know it yet`, {
    retryable: true,
  });
}

/** kafkajs wraps the errors of several topics in one. */
const firstOf = (error: unknown): unknown =>
  error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? error.errors[0] : error;

/** Settings in force, whether the topic or the broker has them. Undefined without the right to describe them. */
export type Described = ReadonlyMap<string, string> | undefined;

export async function describedSettings(admin: Admin, topic: string): Promise<Described> {
  const configNames = ['max.message.bytes', 'cleanup.policy', ...RETENTION, ...DURABILITY];
  try {
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: TOPIC, name: topic, configNames }],
    });
    const entries = resources[0]?.configEntries ?? [];
    return new Map(entries.map(({ configName, configValue }) => [configName, configValue]));
  } catch (error) {
    // The right to write does not include the right to describe settings.
    if (protocolError(error)?.includes('AUTHORIZATION')) return undefined;
    throw error;
  }
}

/** The settings by which the brokers remove records at present, with the command that ends it; undefined where they remove none. */
export async function removalNow(access: Access, topic: string): Promise<string | undefined> {
  const removing = await withAdmin(access, async (admin) =>
    removingSettings(await describedSettings(admin, topic)),
  );
  if (removing === undefined || removing.length === 0) return undefined;
  return `${removing.join(', ')}; keep them: ${howToKeep(access.brokers[0], topic)}`;
}

/** The settings that say on how many disks a confirmed record is. */
export const DURABILITY = ['min.insync.replicas', 'unclean.leader.election.enable'];

const RETENTION = ['retention.ms', 'retention.bytes'];

/** Which of the settings of a topic remove records: compaction, or a limit of time or bytes. */
function removingSettings(settings: Described): string[] | undefined {
  if (settings === undefined) return undefined;
  const policy = settings.get('cleanup.policy') ?? '';
  const isLimited = (name: string): boolean => Number(settings.get(name) ?? -1) >= 0;
  return [
    ...(policy.includes('compact') ? [`cleanup.policy=${policy}`] : []),
    ...(policy.includes('delete') ? RETENTION.filter(isLimited) : []).map(
      (name) => `${name}=${settings.get(name)}`,
    ),
  ];
}

/** What makes a topic keep all records. */
export const KEEPS_ALL = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' };

/** Refuses a topic that does not keep its records; reports one of which that is not known. Throws Fault `topic_removes_records`. */
export function requireKept(
  { brokers }: Access,
  { topic, removing }: Pick<TopicSettings, 'removing'> & { readonly topic: string },
  report: (line: string) => void,
): void {
  if (removing === undefined)
    return report(
      `the settings of topic ${topic} may not be read, so it is not known whether its brokers keep all records: allow DescribeConfigs on it`,
    );
  if (removing.length === 0) return;
  throw new Fault(
    'topic_removes_records',
    `the brokers remove records of topic ${topic} (${removing.join(', ')}), which has to keep them all: what was accepted or refused would be lost; ` +
      `keep them: ${howToKeep(brokers[0], topic)}`,
  );
}

/** The command that makes a topic keep all records. */
const howToKeep = (broker: string | undefined, topic: string): string =>
  `\`kafka-configs.sh --bootstrap-server ${broker} --alter --entity-type topics --entity-name ${topic} ` +
  `--add-config ${Object.entries(KEEPS_ALL)
    .map((setting) => setting.join('='))
    .join(',')}\``;

const topicMissing = (topic: string): Fault =>
  new Fault(
    'topic_missing',
    `topic ${topic} does not exist; create it with \`kafka-topics.sh --create --topic ${topic} --partitions 4 ` +
      '--replication-factor 3 --config retention.ms=-1 --config min.insync.replicas=2`, or let the start create it',
  );

const wrongCluster = ({ brokers }: Access, found: string, expected: string): Fault =>
  new Fault(
    'wrong_cluster',
    `the brokers at ${brokers.join(', ')} belong to cluster ${found}, but the stored offsets are those of cluster ` +
      `${expected}; connect to that cluster, or start with an empty directory and an empty group`,
  );
