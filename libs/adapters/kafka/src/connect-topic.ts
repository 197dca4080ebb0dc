import type { Topic } from '@tributary/event-log';
import { brokerFault } from './client/broker-fault.ts';
import type { Access } from './client/cluster.ts';
import type { GroupTimes } from './group/coordinator.ts';
import { KafkaTopic } from './kafka-topic.ts';
import { requireKept, topicSettings, type NewTopic } from './topic-settings.ts';

export type TopicOptions = Access & {
  readonly topic: string;
  /** Any other cluster is refused (`wrong_cluster`), because offsets are only valid in one cluster. */
  readonly clusterId?: string;
  /** Creates the topic if it is missing. Without it a missing topic is a fault. */
  readonly create?: NewTopic;
  /** Refuses a topic of which the brokers remove records (`topic_removes_records`). */
  readonly keepsAll?: boolean;
  readonly compression?: 'none' | 'gzip';
  /** Milliseconds over which appends and other requests are retried. */
  readonly retryTimeout?: number;
  /** Timeouts and intervals of groups, in milliseconds. */
  readonly group?: Partial<GroupTimes>;
  /** Called once for each problem, when it begins. */
  readonly report?: (line: string) => void;
};

const RETRY_TIMEOUT = 30_000;
/** A session must be longer than any pause of the process, a rebalance longer than the slowest member needs. */
const GROUP_TIMES: GroupTimes = { session: 45_000, heartbeat: 3000, rebalance: 60_000, retry: 5000 };

/**
 * Connects to a topic, and creates it if that is asked for. Throws Fault `broker_unreachable` (retryable),
 * `broker_refused` (credentials, rights or settings), `wrong_cluster`, `topic_missing`, `topic_removes_records`.
 */
export async function connectTopic(options: TopicOptions): Promise<Topic> {
  const {
    topic,
    clusterId,
    create,
    keepsAll = false,
    compression = 'none',
    retryTimeout = RETRY_TIMEOUT,
    group,
    report = () => undefined,
    ...access
  } = options;
  try {
    const wanted = { topic, ...(clusterId !== undefined && { clusterId }), ...(create && { create }) };
    const settings = await topicSettings(access, wanted);
    if (keepsAll) requireKept(access, { topic, ...settings }, report);
    const context = { access, times: { ...GROUP_TIMES, ...group }, report };
    return new KafkaTopic(context, { topic, compression, retryTimeout, ...settings });
  } catch (error) {
    throw brokerFault(error, `cannot open topic ${topic} at ${access.brokers.join(', ')}`);
  }
}
