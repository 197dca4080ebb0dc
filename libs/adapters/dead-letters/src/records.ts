import type { DeadLetter } from './dead-letter.ts';
import type { LetterCounts } from './dead-letters.ts';

/** How far a partition of a topic has gone into the letters. */
export type Folded = {
  /** Names the topic and its cluster. */
  readonly topic: string;
  readonly partition: number;
  /** The next offset. */
  readonly next: number;
  /** Last number of each process that wrote lately, the latest last. */
  readonly writers: Readonly<Record<string, number>>;
};

/** What changes together. `pieces` that are undefined are dropped. */
export type Changes = {
  readonly letters: ReadonlyMap<string, DeadLetter>;
  readonly pieces: ReadonlyMap<string, Uint8Array | undefined>;
  readonly counts: LetterCounts;
  readonly folded?: Folded;
};

/** Where letters lie. */
export type Records = {
  get(id: string): DeadLetter | undefined;
  piece(id: string): Buffer | undefined;
  counts(): LetterCounts | undefined;
  /** Absent before anything of the partition was folded. */
  folded(partition: number): Folded | undefined;
  /** By the time they first came; only those older than the given one. */
  newestFirst(before?: DeadLetter): Iterable<DeadLetter>;
  /** All or nothing, and durable. */
  write(changes: Changes): Promise<void>;
  close(): Promise<void>;
};
