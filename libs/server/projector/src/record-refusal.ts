import type { RefusedRecord } from '@tributary/capture';
import type { Refusal } from '@tributary/dead-letters';
import type { RejectedRecord } from '@tributary/event-log';

/** A rejected record as a dead letter that names its topic, partition and offset, so that each record is one dead letter. */
export function recordRefusal(topic: string, refused: RejectedRecord<RefusedRecord>): Refusal {
  const { partition, offset, value } = refused.record;
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
