import type { DeadLetter } from './dead-letter.ts';
import type { LetterCounts } from './dead-letters.ts';

/** What changes together. `pieces` that are undefined are dropped. */
export type Changes = {
  readonly letters: ReadonlyMap<string, DeadLetter>;
  readonly pieces: ReadonlyMap<string, Uint8Array | undefined>;
  readonly counts: LetterCounts;
};

/** Where letters lie. */
export type Records = {
  get(id: string): DeadLetter | undefined;
  piece(id: string): Buffer | undefined;
  counts(): LetterCounts | undefined;
  /** By the time they first came; only those older than the given one. */
  newestFirst(before?: DeadLetter): Iterable<DeadLetter>;
  /** All or nothing, and durable. */
  write(changes: Changes): Promise<void>;
  close(): Promise<void>;
};
