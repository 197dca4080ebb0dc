import type { PartitionBounds } from '@tributary/event-log';
import { type Cluster, leaderOf } from './client/cluster.ts';
import { NO_LEADER } from './client/missing-leaders.ts';
import { readableEnd } from './fetch/readable-end.ts';

const EARLIEST = -2;
const LATEST = -1;
/** The end is the last stable offset: only finished transactions are read. */
const READ_COMMITTED = 1;

/** First offset and end offset of each of the partitions, as the broker reports them. */
export async function boundsOf(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<PartitionBounds[]> {
  return Promise.all(
    partitions.map(async (partition) => {
      const broker = await leaderOf(cluster, topic, partition);
      const offsetAt = async (timestamp: number): Promise<number> => {
        const { responses } = await broker.listOffsets({
          isolationLevel: READ_COMMITTED,
          topics: [{ topic, partitions: [{ partition, timestamp }] }],
        });
        return Number(responses[0]?.partitions[0]?.offset);
      };
      const [first, end] = await Promise.all([offsetAt(EARLIEST), offsetAt(LATEST)]);
      return { first, end };
    }),
  );
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
export async function readableBoundsOf(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<PartitionBounds[]> {
  const bounds = await boundsOf(cluster, topic, partitions);
  return Promise.all(
    bounds.map(async ({ first, end }, index) => {
      const partition = partitions[index] ?? 0;
      return { first, end: await readableEnd(cluster, { topic, partition }, { first, end }) };
    }),
  );
}
