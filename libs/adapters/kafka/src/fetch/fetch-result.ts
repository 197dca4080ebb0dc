import type { TopicRecord } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import type { Cluster } from '../client/cluster.ts';
import { boundsOfPartition } from '../offsets.ts';
import type { PartitionResponse } from './fetch-response.ts';
import { readRecordSet } from './record-set.ts';

/** What a fetch adds to the queue of a partition. */
export type FetchResult = {
  readonly records: readonly TopicRecord[];
  /** The next offset to fetch. */
  readonly next: number;
  readonly end: number;
  /** Where the partition begins, if it does not hold the next offset. */
  readonly first?: number;
  /** Why the next offset cannot be read. */
  readonly fault: Fault | undefined;
};

const OFFSET_OUT_OF_RANGE = 1;

/** Whether a broker has answered with an error other than an offset that it does not hold. */
export const isRefused = ({ error }: PartitionResponse): boolean =>
  error !== 0 && error !== OFFSET_OUT_OF_RANGE;

/**
 * Decodes the response for one partition that is not refused. The fault in it is `offset_out_of_range` or
 * `record_unreadable`.
 */
export async function readFetchResult(
  cluster: Cluster,
  topic: string,
  { partition, from, response }: { partition: number; from: number; response: PartitionResponse },
): Promise<FetchResult> {
  if (response.error === OFFSET_OUT_OF_RANGE) {
    const { first, end } = await boundsOfPartition(cluster, topic, partition);
    return { records: [], next: from, first, end, fault: outOfRange(topic, { partition, from, first, end }) };
  }
  const read = readRecordSet(response.bytes, { partition, from, aborted: response.aborted });
  const { records, next, error } = read;
  const fault =
    error === undefined ? undefined : unreadable(topic, { partition, offset: next, reason: error });
  return { records, next, end: endOf(response, { from, next }), fault };
}

/**
 * Where a partition ends for a reader. A broker notes the end before it reads, so an answer may hold batches that were
 * appended after: the partition ends no earlier than they do, or it would look as if it had lost them.
 */
const endOf = ({ end }: PartitionResponse, { from, next }: { from: number; next: number }): number =>
  next > from ? Math.max(end, next) : end;

type OffsetRange = { partition: number; from: number; first: number; end: number };

/** For an offset that the broker does not hold. Reading never continues at another offset by itself. */
export const outOfRange = (topic: string, { partition, from, first, end }: OffsetRange): Fault =>
  new Fault(
    'offset_out_of_range',
    `the next offset of partition ${partition} of topic ${topic} is ${from}, but its broker holds ${first} to ${end}: ` +
      'records are lost or were deleted by retention; restore the topic, or rebuild from the records that are left',
  );

/** For a partition that ends before the offset that was to be read next: records are gone that were read. */
export const endsEarly = (topic: string, { partition, from, end }: Omit<OffsetRange, 'first'>): Fault =>
  new Fault(
    'offset_out_of_range',
    `partition ${partition} of topic ${topic} ends at offset ${end}, but was read up to ${from}: the topic was recreated or has lost records; restore it`,
  );

type UnreadableRecord = { partition: number; offset: number; reason: string };

const unreadable = (topic: string, { partition, offset, reason }: UnreadableRecord): Fault =>
  new Fault(
    'record_unreadable',
    `partition ${partition} of topic ${topic} cannot be read at offset ${offset}: ${reason}`,
  );
