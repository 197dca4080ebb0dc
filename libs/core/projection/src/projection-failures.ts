import type { RecordedEvent } from '@tributary/event-log';
import { Fault, formatEventPosition, parseEventPosition } from '@tributary/kernel';
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

/**
 * Facts that made no rows since the tables were last empty: how many, and the position of the first in each partition
 * that has any, in the order of the partitions.
 */
export type Unprojected = { readonly count: number; readonly firsts: readonly Position[] };

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

/** The facts that the states of all partitions count; undefined where there are none. */
export function unprojectedIn(states: readonly (FailuresState | undefined)[]): Unprojected | undefined {
  const failures = states.flatMap((state) => (state?.kind === 'failures' ? [state] : []));
  if (failures.length === 0) return undefined;
  const count = failures.reduce((sum, one) => sum + one.count, 0);
  return { count, firsts: failures.map(({ first }) => first) };
}

export function openFailures(
  state: DurableState<FailuresState>,
  park: (event: ParkedEvent) => Promise<unknown> = () => Promise.resolve(),
): ProjectionFailures {
  return {
    current: () => unprojectedIn([state.get()]),
    park: async ({ event, fault }) => {
      const { position, bytes } = event;
      await park({ position, bytes, fault });
      const next = withFailure(state.get(), position);
      if (next) await state.set(next);
    },
    reset: () => state.set({ kind: 'none' }),
  };
}

/**
 * What either of two sets of tables leaves out, for questions that read some tables of one and some of the other. The count
 * is that of the set that leaves out more.
 */
export function failuresOfEither(
  one: FailuresState | undefined,
  other: FailuresState | undefined,
): FailuresState {
  if (one?.kind !== 'failures') return other ?? { kind: 'none' };
  if (other?.kind !== 'failures') return one;
  return {
    kind: 'failures',
    count: Math.max(one.count, other.count),
    first: isBefore(one.first, other.first) ? one.first : other.first,
    last: isBefore(one.last, other.last) ? other.last : one.last,
  };
}

const isBefore = (one: Position, other: Position): boolean =>
  parseEventPosition(one) < parseEventPosition(other);

/**
 * The count with one more fact; undefined where it is counted already. A fact before the first one was not: it made rows
 * until its batch was read again, for example because its blob has been lost since.
 */
function withFailure(before: FailuresState | undefined, position: Position): FailuresState | undefined {
  if (before?.kind !== 'failures') return { kind: 'failures', count: 1, first: position, last: position };
  const [first, last] = [parseEventPosition(before.first), parseEventPosition(before.last)];
  const at = parseEventPosition(position);
  if (first <= at && at <= last) return undefined;
  return {
    kind: 'failures',
    count: before.count + 1,
    first: formatEventPosition(Math.min(first, at)),
    last: formatEventPosition(Math.max(last, at)),
  };
}
