import { Fault } from '@tributary/kernel';
import type { MetLimit } from '@tributary/kernel';

/** Codes of the engine for which the statement may be retried. */
const RETRYABLE = new Set([
  202,
  203, // too many queries, no free connection
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

/** A part of a table is unreadable, has another checksum or size, lacks a file, cannot be decompressed, or is corrupted. */
const DAMAGED = new Set([33, 40, 107, 226, 228, 246, 271]);

/** More memory than a query, its user or the engine may have. */
const OUT_OF_MEMORY = 241;

/** Too slow, estimated too slow, cancelled. */
const TIMED_OUT = new Set([159, 160, 394]);

/** The faults of queries that could not begin: `members` run at once, and a query waits for `millis`. */
export const engineBusy =
  (members: number, millis: number, most: number) =>
  (why: 'late' | 'crowded'): Fault =>
    new Fault(
      'engine_busy',
      why === 'late'
        ? `the engine runs ${members} queries at once, and this one could not begin within ${millis / 1000} s (TRIBUTARY_QUERY_TIMEOUT_MS); ask again later`
        : `the engine runs ${members} queries at once, and ${most} others wait (TRIBUTARY_QUERIES_WAITING); ask again later`,
      {
        retryable: true,
        met:
          why === 'late'
            ? { limit: 'queryTimeout', value: millis, key: 'TRIBUTARY_QUERY_TIMEOUT_MS' }
            : { limit: 'queriesWaiting', value: most, key: 'TRIBUTARY_QUERIES_WAITING' },
      },
    );

/** The folders of an absolute path, after what may stand before one. */
const FOLDERS = /(?<=^|[\s'"`(=,])\/(?:[^\s'"`(),/]+\/)+/g;

/** What the engine says, without where its files are: callers see it, and `cause` has all of it. */
const withoutFolders = (text: string): string => text.replaceAll(FOLDERS, '…/');

/**
 * The fault for an error of the engine with its code: `query_overdue`, `query_memory` and `disk_full` (all retryable),
 * `part_damaged`, or `engine_refused`, which is retryable for some codes. `memory` is the budget of the queries where this process sets it. `subject` says what the engine was doing.
 * No message names a folder of this machine.
 */
export function engineFault(
  subject: string,
  code: number | undefined,
  cause: unknown,
  memory?: MetLimit,
): Fault {
  const reason = withoutFolders(cause instanceof Error ? cause.message : String(cause));
  if (code !== undefined && TIMED_OUT.has(code)) {
    return new Fault(
      'query_overdue',
      `${subject} was stopped because it exceeded its time limit, which is TRIBUTARY_QUERY_TIMEOUT_MS for a service (${reason})`,
      {
        cause,
        retryable: true,
      },
    );
  }
  if (code === OUT_OF_MEMORY) return outOfMemory(subject, cause, memory);
  if (code === NOT_ENOUGH_SPACE || NO_ROOM.test(reason))
    return new Fault('disk_full', `${subject}: the disk of the tables is full (${reason})`, {
      cause,
      retryable: true,
    });
  if (code !== undefined && DAMAGED.has(code))
    return new Fault('part_damaged', `${subject}: a part of a table cannot be read (${reason})`, { cause });
  const retryable = code !== undefined && RETRYABLE.has(code);
  return new Fault('engine_refused', `${subject}: ${reason}`, { cause, retryable });
}

/** Retryable, although the same query may need as much again: what is recorded, and so what it needs, changes. */
function outOfMemory(subject: string, cause: unknown, memory: MetLimit | undefined): Fault {
  if (!memory)
    return new Fault(
      'query_memory',
      `${subject} needs more memory than the engine gives it: ask for less at once, or again when it has less to do`,
      { cause, retryable: true },
    );
  return new Fault(
    'query_memory',
    `${subject} needs more than its share of the ${memory.value} bytes of memory that all queries have together: ask for less at once, or set ${memory.key} of the server`,
    { cause, retryable: true, met: memory },
  );
}
