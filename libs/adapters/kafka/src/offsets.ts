import type { PartitionBounds } from '@tributary/event-log';
import { type Cluster, leaderOf, noLeader } from './client/cluster.ts';
import { NO_LEADER } from './client/missing-leaders.ts';
import { readableEnd } from './fetch/readable-end.ts';

const EARLIEST = -2;
const LATEST = -1;
/** The end is the last stable offset: only finished transactions are read. */
const READ_COMMITTED = 1;

/** First offset and end offset of each of the partitions, as the broker reports them. */
export const boundsOf = (
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<PartitionBounds[]> =>
  Promise.all(partitions.map((partition) => boundsOfPartition(cluster, topic, partition)));

/** The same of one partition. */
export async function boundsOfPartition(
  cluster: Cluster,
  topic: string,
  partition: number,
): Promise<PartitionBounds> {
  const broker = await leaderOf(cluster, topic, partition);
  const offsetAt = async (timestamp: number): Promise<number> => {
    const { responses } = await broker.listOffsets({
      isolationLevel: READ_COMMITTED,
      topics: [{ topic, partitions: [{ partition, timestamp }] }],
    });
    const offset = Number(responses[0]?.partitions[0]?.offset);
    /* An answer without the partition says nothing of it, and is no offset to compare with. */
    if (Number.isNaN(offset) || offset < 0) throw noLeader();
    return offset;
  };
  const [first, end] = await Promise.all([offsetAt(EARLIEST), offsetAt(LATEST)]);
  return { first, end };
}

/** Of those partitions the ones that have a leader, as the brokers say now. */
export async function ledPartitions(cluster: Cluster, topic: string): Promise<number[]> {
  await cluster.refreshMetadata();
  return cluster
    .findTopicPartitionMetadata(topic)
    .filter(({ leader }) => leader !== NO_LEADER)
    .map(({ partitionId }) => partitionId);
}

/** Like `boundsOf`, but the end is the offset after the last record that a reader gets. */
export const readableBoundsOf = (
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<PartitionBounds[]> =>
  Promise.all(partitions.map((partition) => readableBoundsOfPartition(cluster, topic, partition)));

/** The same of one partition. */
export async function readableBoundsOfPartition(
  cluster: Cluster,
  topic: string,
  partition: number,
): Promise<PartitionBounds> {
  const { first, end } = await boundsOfPartition(cluster, topic, partition);
  return { first, end: await readableEnd(cluster, { topic, partition }, { first, end }) };
}
