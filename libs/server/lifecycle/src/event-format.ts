import type { Blobs } from '@tributary/blobs';
import { admitRecord, recordOf } from '@tributary/capture';
import type { AdmittedRecord, RefusedRecord } from '@tributary/capture';
import type { ReadRecord, RecordFormat, TopicRecord } from '@tributary/event-log';
import { partitionOf } from '@tributary/kafka';

/**
 * The format of facts in an events topic of so many partitions: CloudEvents, whoever produced them. Long data of other
 * producers are moved to the blobs. References to blobs are accepted from Tributary's own processes only: whether a blob
 * exists depends on the time of the check, and all readers must classify a record alike.
 */
export const eventFormat = (blobs: Pick<Blobs, 'put'>, partitions: number): RecordFormat<RefusedRecord> => ({
  write: recordOf,
  read(record) {
    const admitted = admitRecord(record);
    if (!admitted.ok) return { ok: false, refusal: admitted };
    const misplaced = misplacedIn(record, partitions);
    if (misplaced) return { ok: false, refusal: misplaced };
    const { content } = admitted;
    return content ? blobs.put(content).then(() => read(admitted)) : read(admitted);
  },
});

function read({ event }: Pick<AdmittedRecord, 'event'>): ReadRecord<RefusedRecord> {
  const { recordTime = 0 } = event;
  return { ok: true, event: { ...event, recordTime } };
}

/** A stream in two partitions would have no order, and its duplicates would not be found. */
function misplacedIn({ key, partition, value }: TopicRecord, partitions: number): RefusedRecord | undefined {
  const expected = partitionOf(key ?? new Uint8Array(), partitions);
  if (partition === expected) return undefined;
  return {
    ok: false,
    code: 'wrong_partition',
    message: `the record is in partition ${partition}, and its key belongs in ${expected}; use Kafka's default partitioner (murmur2)`,
    pointer: '',
    value: String(partition),
    bytes: Buffer.from(value ?? []),
    contentType: 'application/cloudevents+json',
  };
}
