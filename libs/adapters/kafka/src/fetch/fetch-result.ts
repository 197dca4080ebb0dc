import type { TopicRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { createErrorFromCode } from 'kafkajs/src/protocol/error.js';
import type { Cluster } from '../client/cluster.ts';
import { boundsOf } from '../offsets.ts';
import type { PartitionResponse } from './fetch-response.ts';
import { readRecordSet } from './record-set.ts';

/** What an answer brings to the queue of a partition. */
export type FetchResult = {
  readonly records: readonly TopicRecord[];
  /** Where fetching goes on. */
  readonly next: number;
  readonly end: number;
  /** Why it cannot go on there. */
  readonly fault: Fault | undefined;
};

const OFFSET_OUT_OF_RANGE = 1;

/** Reads an answer. Throws kafkajs's error where the broker could not answer, which may pass. */
export async function readFetchResult(
  cluster: Cluster,
  topic: string,
  { partition, from, answer }: { partition: number; from: number; answer: PartitionResponse },
): Promise<FetchResult> {
  if (answer.error === OFFSET_OUT_OF_RANGE) {
    const [held] = await boundsOf(cluster, topic, [partition]);
    const { first, end } = held ?? { first: 0, end: 0 };
    return { records: [], next: from, end, fault: outOfRange(topic, { partition, from, first, end }) };
  }
  if (answer.error !== 0) throw createErrorFromCode(answer.error);
  const read = readRecordSet(answer.bytes, { partition, from, aborted: answer.aborted });
  const { records, next, error } = read;
  const fault =
    error === undefined ? undefined : unreadable(topic, { partition, offset: next, reason: error });
  return { records, next, end: answer.end, fault };
}

type OffsetRange = { partition: number; from: number; first: number; end: number };

/** An offset that the broker does not hold: never answered by starting somewhere else. */
export const outOfRange = (topic: string, { partition, from, first, end }: OffsetRange): Fault =>
  new Fault(
    'offset_out_of_range',
    `partition ${partition} of topic ${topic} is wanted from offset ${from}, but its broker holds ${first} to ${end}: ` +
      'records are lost or were deleted by retention; restore the topic, or rebuild from what is there',
  );

type UnreadableRecord = { partition: number; offset: number; reason: string };

const unreadable = (topic: string, { partition, offset, reason }: UnreadableRecord): Fault =>
  new Fault(
    'record_unreadable',
    `partition ${partition} of topic ${topic} cannot be read at offset ${offset}: ${reason}`,
  );
