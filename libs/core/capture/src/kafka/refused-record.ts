import type { Rejection, RejectionCode } from '../rejection.ts';

/** Codes of HTTP, and those of what only a topic can bring. */
export type RecordCode =
  | RejectionCode
  /** A tombstone: the log deletes nothing. */
  | 'no_value'
  /** Neither structured nor in binary mode. */
  | 'not_an_event'
  /** CloudEvents' Kafka binding has no batches. */
  | 'batch_in_record'
  | 'no_key'
  /** Not the stream of the event: it may lie on a partition where its order and its repeats cannot be judged. */
  | 'wrong_key'
  | 'no_record_time'
  /** Not the partition that the key belongs to. */
  | 'wrong_partition';

/** A record that is no event of the log, and why; the parts of a dead letter. */
export type RefusedRecord = {
  readonly ok: false;
  readonly code: RecordCode;
  readonly message: string;
  /** RFC 6901 pointer into the event; empty where the record as a whole is meant. */
  readonly pointer: string;
  readonly value?: string;
  /** The event as one text where the headers could be bound to the value, else the value. */
  readonly bytes: Buffer;
  readonly contentType: string;
  /** SHA-256 of the blob that decides, in hex: judge the record again with its bytes. Only with `unknown_blob`. */
  readonly neededBlob?: string;
};

/** Why, before it is known of what. */
export type RefusalReason = Pick<RefusedRecord, 'code' | 'message' | 'pointer' | 'value'>;

export const refusal = (code: RecordCode, message: string, pointer = ''): RefusalReason => ({
  code,
  message,
  pointer,
});

export const refusalOf = ({ code, message, pointer, value }: Omit<Rejection, 'index'>): RefusalReason => ({
  code,
  message,
  pointer,
  ...(value === undefined ? {} : { value }),
});
