import { Fault } from '@tributary/kernel';
import type { DeadLetter } from './dead-letter.ts';
import type { DeadLetterCounts } from './dead-letters.ts';

/** How far a partition of a topic is folded. Stored as JSON under `folded:<partition>`. */
export type FoldedPartition = {
  /** The cluster's id and the topic's name: `<cluster>/<topic>`. */
  readonly topic: string;
  readonly partition: number;
  /** The next offset. */
  readonly next: number;
  /** The digest of the record before `next`, by which the topic is recognised; absent in a copy of an earlier version, and where that record cannot be read. */
  readonly last?: string;
  /** Offsets before `next` whose records were removed from the topic before they were folded; none where absent. */
  readonly missing?: number;
  /** The last number of each process that wrote recently, the latest process last. */
  readonly writers: Readonly<Record<string, number>>;
};

/** What is written at once. Undefined payloads are deleted. */
export type DeadLetterChanges = {
  readonly deadLetters: ReadonlyMap<string, DeadLetter>;
  readonly payloads: ReadonlyMap<string, Uint8Array | undefined>;
  readonly counts: DeadLetterCounts;
  readonly folded?: FoldedPartition;
};

/** Storage of dead letters. */
export type DeadLetterStore = {
  get(id: string): DeadLetter | undefined;
  payload(id: string): Buffer | undefined;
  counts(): DeadLetterCounts | undefined;
  /** Undefined before the first record of the partition is folded. */
  folded(partition: number): FoldedPartition | undefined;
  /** By the time they were first seen; only those older than the given one. */
  newestFirst(before?: DeadLetter): Iterable<DeadLetter>;
  /** All or nothing, and durable. Throws Fault `disk_full` (retryable) where nothing was written for lack of room. */
  write(changes: DeadLetterChanges): Promise<void>;
  /** That its file was deleted, moved or replaced, so that it will write nothing more; undefined where it is in its place. */
  replaced(): Fault | undefined;
  close(): Promise<void>;
};

/** What reached the disk is unknown after a failed flush. */
export const writeFailed = (cause: unknown): Fault =>
  cause instanceof Fault
    ? cause
    : new Fault(
        'dead_letters_write_failed',
        'dead letters could not be written; repair the disk, then restart the server',
        { cause },
      );
