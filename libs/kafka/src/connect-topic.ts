import type { Commit, FollowOptions, GroupOptions, NewRecord, Topic } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { Appender } from './append.ts';
import { brokerFault, protocolError } from './client/broker-fault.ts';
import type { Access, Cluster } from './client/cluster.ts';
import { Link } from './client/link.ts';
import { follow } from './follow.ts';
import { join, type GroupTimes } from './group/membership.ts';
import { commitWithoutMember, committedOf } from './group-offsets.ts';
import { boundsOf } from './offsets.ts';
import { maxBatchBytesOf, partitionsOf, type NewTopic } from './topic-settings.ts';

export type TopicOptions = Access & {
  readonly topic: string;
  /** Refuses any other cluster (`wrong_cluster`): offsets mean something in one cluster only. */
  readonly clusterId?: string;
  /** Makes a missing topic; without it a missing topic is a fault. */
  readonly create?: NewTopic;
  readonly compression?: 'none' | 'gzip';
  /** Milliseconds over which an append is tried again; 30,000 without it. */
  readonly patience?: number;
  /** Times of groups, in milliseconds. */
  readonly group?: Partial<GroupTimes>;
};

const PATIENCE = 30_000;
/** A session must outlast a pause of the process; a rebalance must outlast the slowest member. */
const GROUP: GroupTimes = { session: 45_000, heartbeat: 3000, rebalance: 60_000, retry: 5000 };
const BUSY = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS', 'NON_EMPTY_GROUP']);

/** Connects to a topic. Faults: see `Topic`. */
export async function connectTopic(options: TopicOptions): Promise<Topic> {
  const { topic, clusterId: expected, create, compression = 'none', patience = PATIENCE } = options;
  const { group: times, ...given } = options;
  const access = accessOf(given);
  const link = new Link(access, topic);
  try {
    const clusterId = await clusterIdOf(access, expected);
    const partitions = await partitionsOf(link, access, topic, create);
    const maxBatchBytes = await maxBatchBytesOf(access, topic);
    const appender = new Appender(link, { topic, partitions, compression, maxBatchBytes, patience });
    return new KafkaTopic({ access, link, topic, clusterId, partitions, appender, times: { ...GROUP, ...times } });
  } catch (error) {
    await link.close();
    throw brokerFault(error, `cannot open topic ${topic} at ${access.brokers.join(', ')}`);
  }
}
