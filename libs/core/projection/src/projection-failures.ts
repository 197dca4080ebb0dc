import type { RecordedEvent } from '@tributary/event-log';
import { Fault, parseEventPosition } from '@tributary/kernel';
import type { Position } from '@tributary/kernel';
import { isNewerContract } from './newer-contract.ts';
import type { DurableState } from './state/projector-states.ts';
import type { FailuresState } from './state/state-codec.ts';

/** A fact that makes no rows, however often it is tried. It is left out of the tables and parked. */
export class ProjectionFailure extends Error {
  override readonly name = 'ProjectionFailure';
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

/**
 * The error as a ProjectionFailure. Retryable faults, errors of the operating system and `contract_newer` are returned as
 * they are, because the fact itself has no fault; `contract_newer` of a foreign event is its own.
 */
export function failureOf(event: RecordedEvent, cause: unknown, isForeign = false): unknown {
  const isRetryable = cause instanceof Fault && cause.retryable;
  const isSystemError = cause instanceof Error && 'syscall' in cause;
  const isNewer = isNewerContract(cause) && !isForeign;
  return isRetryable || isSystemError || isNewer ? cause : new ProjectionFailure(event, cause);
}

/** Facts that made no rows since the tables were last empty: how many, and the positions of the first and the last. */
export type Unprojected = { readonly count: number; readonly first: Position; readonly last: Position };

/** An event of the log that made no rows, with the reason. The log keeps the event in any case. */
export type ParkedEvent = {
  readonly position: Position;
  readonly bytes: Uint8Array;
  readonly fault: { readonly code: string; readonly message: string };
};

/** The durable count of the facts that made no rows. */
export type ProjectionFailures = {
  current(): Unprojected | undefined;
  /** Parks the event and counts it. A replay parks it again and does not count it again. */
  park(failure: ProjectionFailure): Promise<void>;
  /** The tables are filled again, and every fact is tried again. */
  reset(): Promise<void>;
};

/** The facts that a state counts; undefined where there are none. */
export function unprojectedIn(state: FailuresState | undefined): Unprojected | undefined {
  if (state?.kind !== 'failures') return undefined;
  const { count, first, last } = state;
  return { count, first, last };
}

export function openFailures(
  state: DurableState<FailuresState>,
  park: (event: ParkedEvent) => Promise<unknown> = () => Promise.resolve(),
): ProjectionFailures {
  const current = (): Unprojected | undefined => unprojectedIn(state.get());
  return {
    current,
    park: async ({ event, fault }) => {
      const { position, bytes } = event;
      await park({ position, bytes, fault });
      const before = current();
      if (before && parseEventPosition(position) <= parseEventPosition(before.last)) return;
      const count = (before?.count ?? 0) + 1;
      await state.set({ kind: 'failures', count, first: before?.first ?? position, last: position });
    },
    reset: () => state.set({ kind: 'none' }),
  };
}
