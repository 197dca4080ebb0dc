import type { Blobs } from '@tributary/blobs';
import { admitRecord, recordOf } from '@tributary/capture';
import type { AdmittedRecord, RefusedRecord } from '@tributary/capture';
import type { ReadRecord, RecordFormat, TopicRecord } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';

/**
 * How facts lie in an events topic of so many partitions: CloudEvents, whoever wrote them. Long data of others go where
 * ours lie. A claim on a blob is taken from our own doors only: whether a blob is there depends on when one looks, and
 * all readers must judge a record alike.
 */
export const eventFormat = (blobs: Pick<Blobs, 'put'>, partitions: number): RecordFormat<RefusedRecord> => ({
  write: recordOf,
  read(record) {
    const judged = admitRecord(record);
    if (!judged.ok) return { ok: false, refusal: judged };
    const misplaced = misplacedIn(record, partitions);
    if (misplaced) return { ok: false, refusal: misplaced };
    const { content } = judged;
    return content ? blobs.put(content).then(() => read(judged)) : read(judged);
  },
});

function read({ event }: Pick<AdmittedRecord, 'event'>): ReadRecord<RefusedRecord> {
  const { recordTime = 0 } = event;
  return { ok: true, event: { ...event, recordTime } };
}

/** A stream in two partitions would have no order, and its repeats would not meet. */
function misplacedIn({ key, partition, value }: TopicRecord, partitions: number): RefusedRecord | undefined {
  const right = partitionOf(key ?? new Uint8Array(), partitions);
  if (partition === right) return undefined;
  return {
    ok: false,
    code: 'wrong_partition',
    message: `the record lies in partition ${partition}, and its key belongs to ${right}; use Kafka's default partitioner (murmur2)`,
    pointer: '',
    value: String(partition),
    bytes: Buffer.from(value ?? []),
    contentType: 'application/cloudevents+json',
  };
}
