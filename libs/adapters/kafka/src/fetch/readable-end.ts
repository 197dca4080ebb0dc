import type { PartitionBounds } from '@tributary/event-log';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import { type Cluster, leaderOf } from '../client/cluster.ts';
import { fetchFrom } from './fetch-request.ts';
import { readRecordSet } from './record-set.ts';

const MAX_BYTES = 1024 * 1024;
const BACKWARD_FACTOR = 16;

type TopicPartition = { readonly topic: string; readonly partition: number };

/**
 * The offset after the last record that a reader gets. The marker at the end of a transaction and the records of an
 * aborted one have offsets too, but no reader gets them: a reader that waited for them would wait forever.
 */
export async function readableEnd(
  cluster: Cluster,
  topicPartition: TopicPartition,
  { first, end }: PartitionBounds,
): Promise<number> {
  for (let back = 1; ; back *= BACKWARD_FACTOR) {
    const from = Math.max(first, end - back);
    const last = await lastRecord(cluster, topicPartition, { from, end });
    if (last !== undefined) return last + 1;
    if (from === first) return first;
  }
}

async function lastRecord(
  cluster: Cluster,
  { topic, partition }: TopicPartition,
  { from, end }: { from: number; end: number },
): Promise<number | undefined> {
  let last: number | undefined;
  for (let next = from; next < end;) {
    const broker = await leaderOf(cluster, topic, partition);
    const { partitions } = await fetchFrom(broker, topic, [{ partition, from: next, maxBytes: MAX_BYTES }]);
    const [response] = partitions;
    if (response === undefined || response.error !== 0) throw createErrorFromCode(response?.error ?? -1);
    const read = readRecordSet(response.bytes, { partition, from: next, aborted: response.aborted });
    // An unreadable record is reported to those who read it.
    if (read.error !== undefined) return end - 1;
    last = read.records.at(-1)?.offset ?? last;
    if (read.next === next) return last;
    next = read.next;
  }
  return last;
}
