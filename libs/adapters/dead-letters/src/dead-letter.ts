import { createHash } from 'node:crypto';

/** An input that was refused while the rest of its request was stored. */
export type Refusal = {
  /** What refused it, such as `POST /v1/events`. */
  readonly endpoint: string;
  /** Media type of `bytes`. */
  readonly contentType: string;
  /** As they were received. */
  readonly bytes: Uint8Array;
  readonly code: string;
  readonly message: string;
  /** JSON Pointer (RFC 6901) into the input; empty for the whole input. */
  readonly pointer: string;
  /** The value at the pointer, as short text. */
  readonly value?: string;
};

export type DeadLetterState = 'parked' | 'replayed' | 'discarded';

/** One replay or discard of a dead letter. */
export type Attempt = {
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
  readonly actor: string;
  readonly action: 'replay' | 'discard';
  readonly outcome: 'stored' | 'refused' | 'discarded';
  /** Why it was refused again, or why it was discarded; empty after it was stored. */
  readonly reason: string;
  /** Whether other bytes were sent than those that were received. */
  readonly fixed: boolean;
};

export type DeadLetter = {
  /** Equal bytes that the same endpoint refuses with the same code are the same dead letter. */
  readonly id: string;
  readonly endpoint: string;
  readonly contentType: string;
  /** Bytes of the input as it was received. */
  readonly size: number;
  /** How many of them were kept, from the beginning. Absent where all were. */
  readonly kept?: number;
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
  readonly value?: string;
  /** RFC 3339 in UTC with microseconds, as `lastSeen`. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** How often it was received. */
  readonly seen: number;
  readonly state: DeadLetterState;
  /** Position in the log after a replay. */
  readonly position?: string;
  readonly history: readonly Attempt[];
};

export type RefusalReason = Pick<Refusal, 'code' | 'message' | 'pointer' | 'value'>;

/** First 16 bytes of a SHA-256, in hex. */
export const deadLetterId = ({
  endpoint,
  code,
  bytes,
}: Pick<Refusal, 'endpoint' | 'code' | 'bytes'>): string =>
  createHash('sha256').update(`${endpoint}\n${code}\n`).update(bytes).digest('hex').slice(0, 32);

/** The dead letter of a refusal: a new one, or the known one, received once more. */
export function seenAgain(known: DeadLetter | undefined, refusal: Refusal, now: string): DeadLetter {
  if (known) return { ...known, seen: known.seen + 1, lastSeen: now };
  const { bytes, ...rest } = refusal;
  const id = deadLetterId(refusal);
  const seen = { firstSeen: now, lastSeen: now, seen: 1 };
  return { id, ...rest, size: bytes.length, ...seen, state: 'parked', history: [] };
}

/** The outcome of a replay: the position in the log, or why the input was refused again. */
export type ReplayOutcome =
  { readonly ok: true; readonly position: string } | { readonly ok: false; readonly reason: RefusalReason };

/** Who acts, when (RFC 3339), and whether other bytes were sent. */
export type ActionContext = Pick<Attempt, 'at' | 'actor' | 'fixed'>;

/** The dead letter after a replay. It takes the reason of a new refusal, unless other bytes were sent. */
export function replayed(
  deadLetter: DeadLetter,
  acting: ActionContext,
  submitted: ReplayOutcome,
): DeadLetter {
  if (submitted.ok) {
    const attempt: Attempt = { ...acting, action: 'replay', outcome: 'stored', reason: '' };
    const history = [...deadLetter.history, attempt];
    return { ...deadLetter, state: 'replayed', position: submitted.position, history };
  }
  const { code, message } = submitted.reason;
  const attempt: Attempt = { ...acting, action: 'replay', outcome: 'refused', reason: `${code}: ${message}` };
  const { value: _value, ...rest } = deadLetter;
  return {
    ...rest,
    ...(acting.fixed ? reasonOf(deadLetter) : submitted.reason),
    history: [...deadLetter.history, attempt],
  };
}

const reasonOf = ({ code, message, pointer, value }: RefusalReason): RefusalReason => ({
  code,
  message,
  pointer,
  ...(value === undefined ? {} : { value }),
});

export function discarded(
  deadLetter: DeadLetter,
  acting: Omit<ActionContext, 'fixed'>,
  reason: string,
): DeadLetter {
  const attempt: Attempt = { ...acting, fixed: false, action: 'discard', outcome: 'discarded', reason };
  return { ...deadLetter, state: 'discarded', history: [...deadLetter.history, attempt] };
}

/** The endpoint of dead letters that the projector parks. */
export const PROJECTION_ENDPOINT = 'projection';

/** The refusal of an event that could not be projected. `value` is its position; the log keeps the event. */
export const projectionRefusal = (event: {
  readonly position: string;
  readonly bytes: Uint8Array;
  readonly fault: { readonly code: string; readonly message: string };
}): Refusal => ({
  endpoint: PROJECTION_ENDPOINT,
  contentType: 'application/cloudevents+json',
  bytes: event.bytes,
  code: event.fault.code,
  message: event.fault.message,
  pointer: '',
  value: event.position,
});
