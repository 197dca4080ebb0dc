import type { Conflict } from '@tributary/event-log';
import type { Rejection, RejectionCode } from './rejection.ts';
import type { RawEvent } from './split.ts';

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

/** An invalid event of a request, with its bytes. */
export function refusedEvent(events: readonly RawEvent[], rejection: Rejection): RefusedEvent {
  const { index, code, message, pointer, value } = rejection;
  return {
    index,
    bytes: bytesAt(events, index),
    code,
    message,
    pointer,
    ...(value === undefined ? {} : { value }),
  };
}

/** An event whose id belongs to other content (`id_conflict`), with its bytes. */
export function refusedConflict(events: readonly RawEvent[], conflict: Conflict): RefusedEvent {
  const { index, id, knownHash, position } = conflict;
  const other = position === undefined ? 'another event of the same batch' : `the event at ${position}`;
  const message = `the id names ${other} with other content (SHA-256 ${knownHash}); send changed content under a new id`;
  return {
    index,
    bytes: bytesAt(events, index),
    code: 'id_conflict',
    message,
    pointer: '/id',
    value: JSON.stringify(id),
  };
}

const bytesAt = (events: readonly RawEvent[], index: number): Buffer =>
  events[index]?.bytes ?? Buffer.alloc(0);
