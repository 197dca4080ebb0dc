import type { Bounds } from '@tributary/event-log';
import type { Cluster } from './client/cluster.ts';
import { leaderOf } from './client/leaders.ts';
import { readableEnd } from './fetch/readable-end.ts';

const EARLIEST = -2;
const LATEST = -1;
/** Only what transactions have finished is read, so the end is the end of that. */
const READ_COMMITTED = 1;

/** First offset and end of each partition that is asked for, as the broker counts them. */
export async function boundsOf(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<Bounds[]> {
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

/** The same, but up to the last record that a reader gets. */
export async function readableBoundsOf(
  cluster: Cluster,
  topic: string,
  partitions: readonly number[],
): Promise<Bounds[]> {
  const bounds = await boundsOf(cluster, topic, partitions);
  return Promise.all(
    bounds.map(async ({ first, end }, index) => {
      const partition = partitions[index] ?? 0;
      return { first, end: await readableEnd(cluster, { topic, partition }, { first, end }) };
    }),
  );
}
