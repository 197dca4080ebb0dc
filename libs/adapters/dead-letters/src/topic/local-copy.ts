import type { FollowOptions } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { DeadLetterDraft, NO_DEAD_LETTERS } from '../dead-letter-draft.ts';
import type { DeadLetterCounts } from '../dead-letters.ts';
import type { FoldedPartition, DeadLetterStore } from '../dead-letter-store.ts';
import { foldRecord } from './fold-record.ts';
import type { FoldOutcome } from './fold-record.ts';
import { readDeadLetterRecord } from './dead-letter-record.ts';
import type { ProducerSequence } from './dead-letter-record.ts';
import { isDuplicate, withSequence } from './repeats.ts';

type Arrived = Parameters<FollowOptions['take']>[0];
type Settled = readonly (readonly [ticket: ProducerSequence, outcome: FoldOutcome])[];

type Options = {
  readonly records: DeadLetterStore;
  /** Names the topic and its cluster. */
  readonly topic: string;
  readonly maxBytes: number;
  /** Told what came of records once that is durable. */
  readonly onFolded: (settled: Settled) => void;
};

/**
 * The letters of a topic, folded into records. How far each partition has gone in is written with the letters, so that
 * each record counts once however often the process dies.
 */
export class LocalCopy {
  readonly #options: Options;
  #counts: DeadLetterCounts;
  #last: Promise<void> = Promise.resolve();
  #waiting: { readonly ends: readonly number[]; readonly resolve: () => void }[] = [];

  constructor(options: Options) {
    this.#options = options;
    this.#counts = options.records.counts() ?? NO_DEAD_LETTERS;
  }

  counts(): DeadLetterCounts {
    return this.#counts;
  }

  /** The next offset of a partition. Throws `dead_letters_other_topic` where the records follow another topic. */
  next(partition: number): number {
    const folded = this.#options.records.folded(partition);
    if (!folded || folded.topic === this.#options.topic) return folded?.next ?? 0;
    const message = `the directory holds dead letters of topic ${folded.topic}, not of ${this.#options.topic}; give each topic a directory of its own`;
    throw new Fault('dead_letters_other_topic', message);
  }

  /** Resolves when every partition has been folded up to its end. */
  reached(ends: readonly number[]): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ ends, resolve });
      this.#wake();
    });
  }

  /** Partitions arrive beside each other and go in one after the other. What rejects may be taken again. */
  readonly take = (arrived: Arrived): Promise<void> =>
    (this.#last = this.#last.catch(() => undefined).then(() => this.#fold(arrived)));

  async #fold({ partition, records }: Arrived): Promise<void> {
    const next = this.next(partition);
    let { writers } = this.#options.records.folded(partition) ?? { writers: {} };
    // What a failed write left is asked of the records, never remembered.
    const counts = this.#options.records.counts() ?? NO_DEAD_LETTERS;
    const draft = new DeadLetterDraft(this.#options.records, counts, this.#options.maxBytes);
    const settled: (readonly [ProducerSequence, FoldOutcome])[] = [];
    for (const record of records) {
      const letterRecord = record.offset < next ? undefined : readDeadLetterRecord(record);
      if (!letterRecord) continue;
      const { sequence } = letterRecord;
      settled.push([sequence, foldRecord(draft, letterRecord, isDuplicate(writers, sequence))]);
      writers = withSequence(writers, sequence);
    }
    const after = Math.max(next, (records.at(-1)?.offset ?? -1) + 1);
    await this.#write(draft, { topic: this.#options.topic, partition, next: after, writers });
    this.#options.onFolded(settled);
    this.#wake();
  }

  async #write(draft: DeadLetterDraft, folded: FoldedPartition): Promise<void> {
    const changes = draft.changes(folded);
    await this.#options.records.write(changes);
    this.#counts = changes.counts;
  }

  #wake(): void {
    const isThere = (ends: readonly number[]): boolean =>
      ends.every((end, partition) => this.next(partition) >= end);
    const there = this.#waiting.filter(({ ends }) => isThere(ends));
    this.#waiting = this.#waiting.filter((waiting) => !there.includes(waiting));
    for (const { resolve } of there) resolve();
  }
}
