import { Fault } from '@tributary/kernel';
import type { NewEvent } from '../event-log.ts';
import type { RecordFormat } from './record-format.ts';
import type { NewRecord, Topic } from './topic.ts';

/** Upper bounds of what is added to the bytes of a record and of a header, in bytes. */
const RECORD_OVERHEAD = 40;
const HEADER_OVERHEAD = 10;
/** An encoding adds headers to the bytes of an event; they are shorter than what is left of this part of the limit. */
const SAFE_PART = 1 / 4;

/** An upper bound of the bytes of a record in a batch. */
export function recordBytes({ key, value, headers }: Omit<NewRecord, 'partition'>): number {
  let bytes = RECORD_OVERHEAD + key.byteLength + value.byteLength;
  for (const [name, content] of headers) bytes += HEADER_OVERHEAD + name.length * 3 + content.byteLength;
  return bytes;
}

/** Throws Fault `record_too_large` where an event does not fit the topic, so that nothing of its request is written. */
export function requireRoom(
  events: readonly NewEvent[],
  {
    topic,
    format,
  }: { readonly topic: Pick<Topic, 'name' | 'maxRecordBytes'>; readonly format: RecordFormat },
): void {
  for (const event of events) {
    if (event.bytes.length <= topic.maxRecordBytes * SAFE_PART) continue;
    const bytes = recordBytes(format.write(event, { recordTime: 0 }));
    if (bytes > topic.maxRecordBytes)
      throw new Fault(
        'record_too_large',
        `event ${event.id} of ${event.source} is a record of ${bytes} bytes, and topic ${topic.name} takes ${topic.maxRecordBytes} of one, so nothing of its request was stored; send a smaller event, or raise max.message.bytes of the topic and start this process again`,
      );
  }
}
