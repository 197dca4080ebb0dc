import type { NewEvent } from '../event-log.ts';
import type { NewRecord, TopicRecord } from './topic.ts';

/** What a record holds, or why it is no event. Whoever reads it, whenever, comes to the same. */
export type ReadRecord<Refusal = unknown> =
  | { readonly ok: true; readonly event: NewEvent & { readonly recordTime: number } }
  | { readonly ok: false; readonly refusal: Refusal };

/** How events lie in a topic. */
export type RecordFormat<Refusal = unknown> = {
  write(
    event: NewEvent,
    written: { readonly recordTime: number; readonly traceparent?: string | undefined },
  ): Pick<NewRecord, 'key' | 'value' | 'headers'>;
  read(record: TopicRecord): ReadRecord<Refusal> | Promise<ReadRecord<Refusal>>;
};
