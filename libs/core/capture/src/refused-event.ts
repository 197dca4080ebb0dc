import type { Conflict } from '@tributary/event-log';
import type { Rejection, RejectionCode } from './rejection.ts';

/** A part of a request that was not stored, unchanged, and why. */
export type RefusedEvent = {
  /** Its index in the request, from 0. */
  readonly index: number;
  readonly bytes: Buffer;
  readonly code: RejectionCode | 'id_conflict';
  readonly message: string;
  readonly pointer: string;
  readonly value?: string;
};

/** The bytes of an event of a request as they were sent, by its index. */
type BytesAt = (index: number) => Buffer;

/** An invalid event of a request, with its bytes. */
export function refusedEvent(bytesAt: BytesAt, rejection: Rejection): RefusedEvent {
  const { index, code, message, pointer, value } = rejection;
  return {
    index,
    bytes: bytesAt(index),
    code,
    message,
    pointer,
    ...(value === undefined ? {} : { value }),
  };
}

/** An event whose id belongs to other content (`id_conflict`), with its bytes. */
export function refusedConflict(bytesAt: BytesAt, conflict: Conflict): RefusedEvent {
  const { index, id, knownHash, position } = conflict;
  const other = position === undefined ? 'another event of the same batch' : `the event at ${position}`;
  const message = `the id names ${other} with other content (SHA-256 ${knownHash}); send changed content under a new id`;
  return {
    index,
    bytes: bytesAt(index),
    code: 'id_conflict',
    message,
    pointer: '/id',
    value: JSON.stringify(id),
  };
}
