import type { Conflict } from '@tributary/event-log';
import type { Rejection, RejectionCode } from './rejection.ts';
import type { RawEvent } from './split.ts';

/** A part of a request that was not stored, as it came, and why. */
export type RefusedEvent = {
  /** Its place in the request, from 0. */
  readonly index: number;
  readonly bytes: Buffer;
  readonly code: RejectionCode | 'id_conflict';
  readonly message: string;
  readonly pointer: string;
  readonly value?: string;
};

export function refusedEvent(pieces: readonly RawEvent[], rejection: Rejection): RefusedEvent {
  const { index, code, message, pointer, value } = rejection;
  return {
    index,
    bytes: bytesAt(pieces, index),
    code,
    message,
    pointer,
    ...(value === undefined ? {} : { value }),
  };
}

export function refusedConflict(pieces: readonly RawEvent[], conflict: Conflict): RefusedEvent {
  const { index, id, knownHash, position } = conflict;
  const rival = position === undefined ? 'another event of the same batch' : `the event at ${position}`;
  const message = `the id names ${rival} with other content (SHA-256 ${knownHash}); send changed content under a new id`;
  return {
    index,
    bytes: bytesAt(pieces, index),
    code: 'id_conflict',
    message,
    pointer: '/id',
    value: JSON.stringify(id),
  };
}

const bytesAt = (pieces: readonly RawEvent[], index: number): Buffer =>
  pieces[index]?.bytes ?? Buffer.alloc(0);
