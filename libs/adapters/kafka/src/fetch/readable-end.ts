import type { Bounds } from '@tributary/event-log';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import type { Cluster } from '../client/cluster.ts';
import { leaderOf } from '../client/leaders.ts';
import { fetchFrom } from './fetch-request.ts';
import { readRecordSet } from './record-set.ts';

const MAX_BYTES = 1024 * 1024;
const BACKWARD_FACTOR = 16;

type TopicPartition = { readonly topic: string; readonly partition: number };

/**
 * The offset after the last record that a reader gets. A transaction ends with a marker, and one that was given up
 * leaves its records behind: both have offsets, and whoever waited for them would wait for ever.
 */
export async function readableEnd(
  cluster: Cluster,
  place: TopicPartition,
  { first, end }: Bounds,
): Promise<number> {
  for (let back = 1; ; back *= BACKWARD_FACTOR) {
    const from = Math.max(first, end - back);
    const last = await lastRecord(cluster, place, { from, end });
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
    const [answer] = partitions;
    if (answer === undefined || answer.error !== 0) throw createErrorFromCode(answer?.error ?? -1);
    const read = readRecordSet(answer.bytes, { partition, from: next, aborted: answer.aborted });
    // What cannot be read is told to those who read.
    if (read.error !== undefined) return end - 1;
    last = read.records.at(-1)?.offset ?? last;
    if (read.next === next) return last;
    next = read.next;
  }
  return last;
}
