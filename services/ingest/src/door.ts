import type { Blobs } from '@tributary/blobs';
import type { DeadLetters } from '@tributary/dead-letters';
import type { EventLog } from '@tributary/event-log';
import type { Position, SqlReader } from '@tributary/kernel';

/** What facts come in through. */
export type Door = {
  readonly log: EventLog;
  /** Data that is too long for the log. */
  readonly blobs: Blobs;
  /** What was refused of requests whose rest was stored. */
  readonly deadLetters: Pick<DeadLetters, 'park'>;
  /** Tables that follow the log: telemetry that repeats itself is compared with what is recorded. */
  readonly engine: { readonly reader: SqlReader };
  readonly projector: { reached(target: Position): Promise<void> };
};

export const DOOR = Symbol('DOOR');
