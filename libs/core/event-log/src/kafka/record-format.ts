import type { NewEvent } from '../event-log.ts';
import type { NewRecord, TopicRecord } from './topic.ts';

/** The event of a record, or why it is not an event. Every process gets the same result at any time. */
export type ReadRecord<Refusal = unknown> =
  | { readonly ok: true; readonly event: NewEvent & { readonly recordTime: number } }
  | { readonly ok: false; readonly refusal: Refusal };

/** The encoding of events as records of a topic. */
export type RecordFormat<Refusal = unknown> = {
  write(
    event: NewEvent,
    written: { readonly recordTime: number; readonly traceparent?: string | undefined },
  ): Pick<NewRecord, 'key' | 'value' | 'headers'>;
  read(record: TopicRecord): ReadRecord<Refusal> | Promise<ReadRecord<Refusal>>;
};
