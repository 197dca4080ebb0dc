import type { DeadLetter, DeadLetterState, Refusal, ReplayOutcome } from './dead-letter.ts';

export type DeadLetterFilter = {
  readonly state?: DeadLetterState | undefined;
  readonly code?: string | undefined;
};

export type DeadLetterPage = {
  readonly deadLetters: readonly DeadLetter[];
  /** Pass it as `after` to go on; undefined at the end. */
  readonly next: string | undefined;
};

export type DeadLetterCounts = {
  readonly parked: number;
  readonly replayed: number;
  readonly discarded: number;
  /** Parked letters by code. */
  readonly byCode: Readonly<Record<string, number>>;
  /** Bytes of the pieces that are kept. */
  readonly bytes: number;
};

/** Its piece is gone once it is discarded. */
export type OpenedDeadLetter = { readonly deadLetter: DeadLetter; readonly bytes: Buffer | undefined };

export type Resubmit = (opened: { letter: DeadLetter; bytes: Uint8Array }) => Promise<ReplayOutcome>;

/**
 * Refused pieces, kept until somebody has seen to them. What resolves is durable. Throws Fault `dead_letter_unknown`,
 * `dead_letter_settled` for one that was replayed or discarded, `dead_letter_cut` for one that was not kept whole and
 * is to be sent as it came, `dead_letters_full`, and `dead_letters_write_failed`: from the first failed write on where
 * they lie on a disk, as long as it lasts where they lie in a topic.
 */
export type DeadLetters = {
  /** Ids of the letters, in the order of the refusals. */
  park(refusals: readonly Refusal[]): Promise<readonly string[]>;
  /** Newest first. */
  list(
    filter: DeadLetterFilter,
    page: { first: number; after?: string | undefined },
  ): Promise<DeadLetterPage>;
  get(id: string): Promise<OpenedDeadLetter | undefined>;
  /** Sends the piece, or a fixed one, once more. What `submit` throws leaves the letter as it is. */
  replay(
    id: string,
    by: { actor: string; fixed?: Uint8Array | undefined },
    submit: Resubmit,
  ): Promise<DeadLetter>;
  /** Drops the piece; that it came, and who discarded it why, stays. */
  discard(id: string, by: { actor: string; reason: string }): Promise<DeadLetter>;
  counts(): DeadLetterCounts;
  close(): Promise<void>;
};
