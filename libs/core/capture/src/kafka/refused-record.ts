import type { Rejection, RejectionCode } from '../rejection.ts';

/** The codes of HTTP, and those that only a record of a topic can have. */
export type RecordCode =
  | RejectionCode
  /** A tombstone: the log deletes nothing. */
  | 'no_value'
  /** Neither in structured nor in binary mode. */
  | 'not_an_event'
  /** CloudEvents' Kafka binding has no batches. */
  | 'batch_in_record'
  | 'no_key'
  /** The key is not the stream, so the event may be on a partition where order and duplicates cannot be checked. */
  | 'wrong_key'
  | 'no_record_time'
  /** Not the partition that the key belongs to. */
  | 'wrong_partition';

/** A record that is no event of the log, and why: the parts of a dead letter. */
export type RefusedRecord = {
  readonly ok: false;
  readonly code: RecordCode;
  readonly message: string;
  /** RFC 6901 pointer into the event; empty for the record as a whole. */
  readonly pointer: string;
  readonly value?: string;
  /** The event as one text where headers and value could be combined, else the value. */
  readonly bytes: Buffer;
  readonly contentType: string;
  /** SHA-256, in hex, of the blob with whose bytes the record must be validated again. Only with `unknown_blob`. */
  readonly neededBlob?: string;
};

/** A refusal without the bytes that it is about. */
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
