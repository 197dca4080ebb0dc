import type { Topic } from '@tributary/event-log';
import { brokerFault } from './client/broker-fault.ts';
import type { Access } from './client/cluster.ts';
import type { GroupTimes } from './group/group-place.ts';
import { KafkaTopic } from './kafka-topic.ts';
import { topicSettings, type NewTopic } from './topic-settings.ts';

export type TopicOptions = Access & {
  readonly topic: string;
  /** Refuses any other cluster (`wrong_cluster`): offsets mean something in one cluster only. */
  readonly clusterId?: string;
  /** Makes a missing topic; without it a missing topic is a fault. */
  readonly create?: NewTopic;
  readonly compression?: 'none' | 'gzip';
  /** Milliseconds over which an append and a question are tried again. */
  readonly retryTimeout?: number;
  /** Times of groups, in milliseconds. */
  readonly group?: Partial<GroupTimes>;
  /** Told of each trouble once, when it begins. Nothing is written to stdout. */
  readonly report?: (line: string) => void;
};

const RETRY_TIMEOUT = 30_000;
/** A session must outlast a pause of the process; a rebalance must outlast the slowest member. */
const GROUP_TIMES: GroupTimes = { session: 45_000, heartbeat: 3000, rebalance: 60_000, retry: 5000 };

/** Connects to a topic. Faults: see `Topic`. */
export async function connectTopic(options: TopicOptions): Promise<Topic> {
  const {
    topic,
    clusterId,
    create,
    compression = 'none',
    retryTimeout = RETRY_TIMEOUT,
    group,
    report,
    ...access
  } = options;
  try {
    const wanted = { topic, ...(clusterId !== undefined && { clusterId }), ...(create && { create }) };
    const settings = await topicSettings(access, wanted);
    const place = { access, times: { ...GROUP_TIMES, ...group }, report: report ?? (() => undefined) };
    return new KafkaTopic(place, { topic, compression, retryTimeout: retryTimeout, ...settings });
  } catch (error) {
    throw brokerFault(error, `cannot open topic ${topic} at ${access.brokers.join(', ')}`);
  }
}
