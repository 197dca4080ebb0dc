import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterCounts } from './dead-letters.ts';

/** How far a partition of a topic has gone into the letters. */
export type FoldedPartition = {
  /** Names the topic and its cluster. */
  readonly topic: string;
  readonly partition: number;
  /** The next offset. */
  readonly next: number;
  /** Last number of each process that wrote lately, the latest last. */
  readonly writers: Readonly<Record<string, number>>;
};

/** What changes together. `pieces` that are undefined are dropped. */
export type DeadLetterChanges = {
  readonly deadLetters: ReadonlyMap<string, DeadLetter>;
  readonly payloads: ReadonlyMap<string, Uint8Array | undefined>;
  readonly counts: DeadLetterCounts;
  readonly folded?: FoldedPartition;
};

/** Where letters lie. */
export type DeadLetterStore = {
  get(id: string): DeadLetter | undefined;
  payload(id: string): Buffer | undefined;
  counts(): DeadLetterCounts | undefined;
  /** Absent before anything of the partition was folded. */
  folded(partition: number): FoldedPartition | undefined;
  /** By the time they first came; only those older than the given one. */
  newestFirst(before?: DeadLetter): Iterable<DeadLetter>;
  /** All or nothing, and durable. */
  write(changes: DeadLetterChanges): Promise<void>;
  close(): Promise<void>;
};
