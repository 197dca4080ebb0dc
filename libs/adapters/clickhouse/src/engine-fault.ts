import { Fault } from '@tributary/kernel';

/** Codes of the engine for which the statement may be retried. */
const RETRYABLE = new Set([
  202,
  203,
  241, // too many queries, no free connection, out of memory
  209,
  210,
  236,
  279, // socket timeout, network, aborted, no replica reached
  225,
  242,
  285,
  319,
  999, // Keeper unavailable, replica read-only, too few replicas, insert status unknown
  252, // too many parts
]);
/** No room on the disk. The engine reports errors of the file system under several codes, with the same words. */
const NOT_ENOUGH_SPACE = 243;
const NO_ROOM = /No space left on device|Disk quota exceeded|Cannot reserve .+, not enough space/;

/** Too slow, estimated too slow, cancelled. */
const TIMED_OUT = new Set([159, 160, 394]);

/**
 * The fault for an error of the engine with its code: `query_overdue` and `disk_full` (both retryable), or
 * `engine_refused`, which is retryable for some codes. `subject` says what the engine was doing.
 */
export function engineFault(subject: string, code: number | undefined, cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (code !== undefined && TIMED_OUT.has(code)) {
    return new Fault(
      'query_overdue',
      `${subject} was stopped because it exceeded its time limit (${reason})`,
      {
        cause,
        retryable: true,
      },
    );
  }
  if (code === NOT_ENOUGH_SPACE || NO_ROOM.test(reason))
    return new Fault('disk_full', `${subject}: the disk of the tables is full (${reason})`, {
      cause,
      retryable: true,
    });
  const retryable = code !== undefined && RETRYABLE.has(code);
  return new Fault('engine_refused', `${subject}: ${reason}`, { cause, retryable });
}

/** Unreadable, wrong checksum, missing, of another size, not decompressible, corrupted. */
const DAMAGED = /\bCode: (?:33|40|107|226|228|246|271)\b/;

/** Whether a statement was refused because a part of a table cannot be read. */
export const isDamage = (fault: unknown): fault is Fault =>
  fault instanceof Fault && fault.code === 'engine_refused' && DAMAGED.test(fault.message);
