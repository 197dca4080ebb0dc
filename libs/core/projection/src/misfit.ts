import type { RecordedEvent } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

/** A fact that makes no rows, whatever is tried: it is left out of the tables and parked, and the others go on. */
export class Misfit extends Error {
  override readonly name = 'Misfit';
  readonly event: RecordedEvent;
  readonly fault: { readonly code: string; readonly message: string };

  constructor(event: RecordedEvent, cause: unknown) {
    super(`the fact at ${event.position} makes no rows`, { cause });
    this.event = event;
    this.fault = {
      code: cause instanceof Fault ? cause.code : 'projection_failed',
      message: cause instanceof Error ? cause.message : String(cause),
    };
  }
}

/** What a fact threw as a Misfit. What passes, or what the machine has to answer for, is thrown as it is. */
export function misfit(event: RecordedEvent, cause: unknown): unknown {
  const isPassing = cause instanceof Fault && cause.retryable;
  const isOfTheMachine = cause instanceof Error && 'syscall' in cause;
  return isPassing || isOfTheMachine ? cause : new Misfit(event, cause);
}
