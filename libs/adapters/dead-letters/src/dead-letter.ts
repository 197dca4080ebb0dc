import { createHash } from 'node:crypto';

/** A piece of a request that was refused while the rest was stored. */
export type Refusal = {
  /** Where it came in, such as `POST /v1/events`. */
  readonly endpoint: string;
  /** How `bytes` are to be read. */
  readonly contentType: string;
  /** As they came. */
  readonly bytes: Uint8Array;
  readonly code: string;
  readonly message: string;
  /** RFC 6901 pointer into the piece; empty where the whole is meant. */
  readonly pointer: string;
  /** What stood there, as short text. */
  readonly value?: string;
};

export type DeadLetterState = 'parked' | 'replayed' | 'discarded';

/** Something that was done about a letter. */
export type Attempt = {
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
  readonly actor: string;
  readonly action: 'replay' | 'discard';
  readonly outcome: 'stored' | 'refused' | 'discarded';
  /** Why it was refused again, or why somebody discarded it; empty for a piece that was stored. */
  readonly reason: string;
  /** Whether other bytes were sent than those that came. */
  readonly fixed: boolean;
};

export type DeadLetter = {
  /** The same piece, refused at the same place for the same reason, is the same letter. */
  readonly id: string;
  readonly endpoint: string;
  readonly contentType: string;
  /** Bytes of the piece as it came. */
  readonly size: number;
  /** How many of them were kept, from the beginning; all where absent. */
  readonly kept?: number;
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
  readonly value?: string;
  /** RFC 3339 in UTC with microseconds, as `lastSeen`. */
  readonly firstSeen: string;
  readonly lastSeen: string;
  /** How often it came. */
  readonly seen: number;
  readonly state: DeadLetterState;
  /** Where in the log a replay has put it. */
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

/** A refused piece as a letter: a new one, or the one that is known seen once more. */
export function seenAgain(known: DeadLetter | undefined, refusal: Refusal, now: string): DeadLetter {
  if (known) return { ...known, seen: known.seen + 1, lastSeen: now };
  const { bytes, ...rest } = refusal;
  const id = deadLetterId(refusal);
  const seen = { firstSeen: now, lastSeen: now, seen: 1 };
  return { id, ...rest, size: bytes.length, ...seen, state: 'parked', history: [] };
}

/** What came of a replay: the place in the log, or why the piece was refused again. */
export type ReplayOutcome =
  { readonly ok: true; readonly position: string } | { readonly ok: false; readonly reason: RefusalReason };

type Acting = Pick<Attempt, 'at' | 'actor' | 'fixed'>;

/** The letter after a replay. A refusal that has another reason now gives the letter that reason. */
export function replayed(letter: DeadLetter, acting: Acting, submitted: ReplayOutcome): DeadLetter {
  if (submitted.ok) {
    const attempt: Attempt = { ...acting, action: 'replay', outcome: 'stored', reason: '' };
    const history = [...letter.history, attempt];
    return { ...letter, state: 'replayed', position: submitted.position, history };
  }
  const { code, message } = submitted.reason;
  const attempt: Attempt = { ...acting, action: 'replay', outcome: 'refused', reason: `${code}: ${message}` };
  const { value: _value, ...rest } = letter;
  return {
    ...rest,
    ...(acting.fixed ? reasonOf(letter) : submitted.reason),
    history: [...letter.history, attempt],
  };
}

const reasonOf = ({ code, message, pointer, value }: RefusalReason): RefusalReason => ({
  code,
  message,
  pointer,
  ...(value === undefined ? {} : { value }),
});

export function discarded(letter: DeadLetter, acting: Omit<Acting, 'fixed'>, reason: string): DeadLetter {
  const attempt: Attempt = { ...acting, fixed: false, action: 'discard', outcome: 'discarded', reason };
  return { ...letter, state: 'discarded', history: [...letter.history, attempt] };
}
