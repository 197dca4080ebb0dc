import type { RefusedRecord } from '@tributary/capture';
import type { Refusal } from '@tributary/dead-letters';
import type { RejectedRecord } from '@tributary/event-log';

/**
 * A rejected record as a dead letter that names its topic, partition and offset, so that each record is one dead letter.
 * A batch that cannot be read is one dead letter that names its first and last offset.
 */
export function recordRefusal(topic: string, refused: RejectedRecord<RefusedRecord>): Refusal {
  const { partition, offset, value } = refused.record;
  if (refused.why === 'unreadable') return batchRefusal(topic, refused);
  const endpoint = `kafka ${topic}/${partition}@${offset}`;
  if (refused.why === 'refused') {
    const { code, message, pointer, bytes, contentType, value: stood } = refused.refusal;
    const short = stood === undefined ? {} : { value: stood };
    return { endpoint, contentType, bytes, code, message, pointer, ...short };
  }
  return {
    endpoint,
    contentType: 'application/cloudevents+json',
    bytes: value ?? new Uint8Array(),
    code: 'id_conflict',
    message: `the id names another event with other content, recorded at ${refused.known.position}; send changed content under a new id`,
    pointer: '/id',
    value: JSON.stringify(refused.known.id),
  };
}

function batchRefusal(
  topic: string,
  { record, batch }: Extract<RejectedRecord<RefusedRecord>, { why: 'unreadable' }>,
): Refusal {
  const offsets = `${batch.first}-${record.offset}`;
  return {
    endpoint: `kafka-batch ${topic}/${record.partition}@${offsets}`,
    contentType: 'application/octet-stream',
    bytes: batch.bytes,
    code: 'unreadable_batch',
    message: `the batch of ${batch.bytes.length} bytes at offsets ${offsets} of partition ${record.partition} cannot be read (${batch.reason}), and none of its records counts`,
    pointer: '',
  };
}
