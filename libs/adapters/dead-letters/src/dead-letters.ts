import type { DeadLetter, LetterState, Refusal, Submitted } from './dead-letter.ts';

export type LetterFilter = { readonly state?: LetterState | undefined; readonly code?: string | undefined };

export type LetterPage = {
  readonly letters: readonly DeadLetter[];
  /** Pass it as `after` to go on; undefined at the end. */
  readonly next: string | undefined;
};

export type LetterCounts = {
  readonly parked: number;
  readonly replayed: number;
  readonly discarded: number;
  /** Parked letters by code. */
  readonly byCode: Readonly<Record<string, number>>;
  /** Bytes of the pieces that are kept. */
  readonly bytes: number;
};

/** Its piece is gone once it is discarded. */
export type OpenedLetter = { readonly letter: DeadLetter; readonly bytes: Buffer | undefined };

export type Submit = (opened: { letter: DeadLetter; bytes: Uint8Array }) => Promise<Submitted>;

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
  list(filter: LetterFilter, page: { first: number; after?: string | undefined }): Promise<LetterPage>;
  get(id: string): Promise<OpenedLetter | undefined>;
  /** Sends the piece, or a fixed one, once more. What `submit` throws leaves the letter as it is. */
  replay(
    id: string,
    by: { actor: string; fixed?: Uint8Array | undefined },
    submit: Submit,
  ): Promise<DeadLetter>;
  /** Drops the piece; that it came, and who discarded it why, stays. */
  discard(id: string, by: { actor: string; reason: string }): Promise<DeadLetter>;
  counts(): LetterCounts;
  close(): Promise<void>;
};
