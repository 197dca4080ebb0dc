import type { DeadLetter, DeadLetterState, Refusal, ReplayOutcome } from './dead-letter.ts';

export type DeadLetterFilter = {
  readonly state?: DeadLetterState | undefined;
  readonly code?: string | undefined;
};

export type DeadLetterPage = {
  readonly deadLetters: readonly DeadLetter[];
  /** `after` of the next page; undefined at the end. */
  readonly next: string | undefined;
};

export type DeadLetterCounts = {
  readonly parked: number;
  readonly replayed: number;
  readonly discarded: number;
  /** Parked dead letters by code. */
  readonly byCode: Readonly<Record<string, number>>;
  /** Bytes of inputs that are kept. */
  readonly bytes: number;
};

/** `bytes` is undefined after a discard. */
export type OpenedDeadLetter = { readonly deadLetter: DeadLetter; readonly bytes: Buffer | undefined };

/** Sends an input again and reports the outcome. */
export type Resubmit = (opened: { deadLetter: DeadLetter; bytes: Uint8Array }) => Promise<ReplayOutcome>;

/**
 * Refused inputs, kept until somebody replays or discards them. What resolves is durable. Throws Faults:
 * `dead_letter_unknown`; `dead_letter_settled` for one that was replayed or discarded; `dead_letter_truncated` for one
 * that was not kept whole and is to be sent as it was received; `dead_letters_full`; `disk_full` (retryable); and
 * `dead_letters_write_failed`: on a disk the first failed flush is final, in a topic a later write may succeed.
 */
export type DeadLetters = {
  /** Returns the ids, in the order of the refusals. */
  park(refusals: readonly Refusal[]): Promise<readonly string[]>;
  /** Newest first. */
  list(
    filter: DeadLetterFilter,
    page: { first: number; after?: string | undefined },
  ): Promise<DeadLetterPage>;
  get(id: string): Promise<OpenedDeadLetter | undefined>;
  /** Sends the input, or a corrected one, once more. What `submit` throws leaves the dead letter unchanged. */
  replay(
    id: string,
    by: { actor: string; fixed?: Uint8Array | undefined },
    submit: Resubmit,
  ): Promise<DeadLetter>;
  /** Deletes the bytes. The record of the refusal, and who discarded it and why, stays. */
  discard(id: string, by: { actor: string; reason: string }): Promise<DeadLetter>;
  counts(): DeadLetterCounts;
  close(): Promise<void>;
};
