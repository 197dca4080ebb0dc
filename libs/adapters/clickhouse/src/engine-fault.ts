import { Fault } from '@tributary/kernel';

/** Codes of the engine after which the same statement may pass. */
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
  999, // keeper away, replica read-only, too few replicas, insert status unknown
  243,
  252, // disk full, too many parts
]);
/** Too slow, estimated too slow, cancelled. */
const TIMED_OUT = new Set([159, 160, 394]);

/** What the engine refused, by its own code; `subject` says during what. */
export function engineFault(subject: string, code: number | undefined, cause: unknown): Fault {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (code !== undefined && TIMED_OUT.has(code)) {
    return new Fault('query_overdue', `${subject} was stopped: it ran too long (${reason})`, {
      cause,
      retryable: true,
    });
  }
  const retryable = code !== undefined && RETRYABLE.has(code);
  return new Fault('engine_refused', `${subject}: ${reason}`, { cause, retryable });
}
