import type { FollowOptions, TopicRecord } from '@tributary/event-log';
import { Fault, valueIn } from '@tributary/kernel';
import { DeadLetterDraft, NO_DEAD_LETTERS } from '../dead-letter-draft.ts';
import type { DeadLetterCounts } from '../dead-letters.ts';
import type { FoldedPartition, DeadLetterStore } from '../dead-letter-store.ts';
import { foldRecord } from './fold-record.ts';
import type { FoldOutcome } from './fold-record.ts';
import { digestOfRecord, readDeadLetterRecord } from './dead-letter-record.ts';
import type { ProducerSequence } from './dead-letter-record.ts';

type FetchedRecords = Parameters<FollowOptions['take']>[0];
type Settled = readonly (readonly [sequence: ProducerSequence, outcome: FoldOutcome])[];

type Options = {
  readonly store: DeadLetterStore;
  /** The cluster's id and the topic's name: `<cluster>/<topic>`. */
  readonly topic: string;
  readonly maxBytes: number;
  /** Called with the outcomes of records once they are durable. */
  readonly onFolded: (settled: Settled) => void;
  /** Called once, with the fault after which nothing more is folded. */
  readonly onStopped: (fault: Fault) => void;
};

/**
 * The dead letters of a topic, folded into a store. The next offset of each partition is written with them, so each
 * record counts once however often the process is killed.
 */
export class LocalCopy {
  readonly #options: Options;
  #counts: DeadLetterCounts;
  #stopped: Fault | undefined;
  #last: Promise<void> = Promise.resolve();
  #waiting: { readonly ends: readonly number[]; readonly resolve: () => void }[] = [];

  constructor(options: Options) {
    this.#options = options;
    this.#counts = options.store.counts() ?? NO_DEAD_LETTERS;
  }

  counts(): DeadLetterCounts {
    return this.#counts;
  }

  /** Why it folds no more until it is opened again: after a failed flush nobody knows what the disk has. */
  stopped(): Fault | undefined {
    return this.#stopped;
  }

  /** The next offset of a partition. Throws Fault `dead_letters_other_topic` where the store follows another topic. */
  next(partition: number): number {
    const folded = this.#options.store.folded(partition);
    if (!folded || folded.topic === this.#options.topic) return folded?.next ?? 0;
    const message = `the directory holds dead letters of topic ${folded.topic}, not of ${this.#options.topic}; use one directory for each topic`;
    throw new Fault('dead_letters_other_topic', message);
  }

  /** How many offsets of a partition `skip` has passed over, in this and earlier processes. */
  missing(partition: number): number {
    return this.#options.store.folded(partition)?.missing ?? 0;
  }

  /** Goes on at a later offset of a partition, because the topic has no records before it any more. */
  async skip(partition: number, first: number): Promise<void> {
    const { store, topic, maxBytes } = this.#options;
    const missing = this.missing(partition) + first - this.next(partition);
    const draft = new DeadLetterDraft(store, store.counts() ?? NO_DEAD_LETTERS, maxBytes);
    const writers = store.folded(partition)?.writers ?? {};
    await this.#write(draft, { topic, partition, next: first, missing, writers });
  }

  /** Resolves when every partition is folded up to its end. `ends` has an offset for each. */
  reached(ends: readonly number[]): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ ends, resolve });
      this.#wake();
    });
  }

  /** Partitions are fetched in parallel and folded one after the other. After a rejection the same records may be given again; once it has stopped, they are refused without a write. */
  readonly take = (fetched: FetchedRecords): Promise<void> =>
    (this.#last = this.#last.catch(() => undefined).then(() => this.#fold(fetched)));

  /**
   * Compares a record of the topic with the one that was folded at its offset, if that was the last one. Throws Fault
   * `dead_letters_other_topic` where it is another one: nothing more is folded then.
   */
  readonly recognise = (record: TopicRecord): Promise<void> =>
    (this.#last = this.#last.catch(() => undefined).then(() => this.#recognise([record])));

  async #recognise(records: readonly TopicRecord[]): Promise<void> {
    if (this.#stopped) throw this.#stopped;
    for (const record of records) {
      const folded = this.#options.store.folded(record.partition);
      if (folded?.last === undefined || record.offset !== folded.next - 1) continue;
      if (digestOfRecord(record) !== folded.last) throw this.#stop(otherRecord(folded));
    }
  }

  #stop(fault: Fault): Fault {
    this.#stopped = fault;
    this.#options.onStopped(fault);
    return fault;
  }

  async #fold({ partition, records }: FetchedRecords): Promise<void> {
    /* The first fetch of a process begins with the last record that was folded. */
    await this.#recognise(records);
    const next = this.next(partition);
    const newest = records.at(-1);
    if (newest === undefined || newest.offset < next) return;
    const before = this.#options.store.folded(partition);
    let { writers } = before ?? { writers: {} };
    // After a failed write only the store knows what it holds, so the counts are read from it.
    const counts = this.#options.store.counts() ?? NO_DEAD_LETTERS;
    const draft = new DeadLetterDraft(this.#options.store, counts, this.#options.maxBytes);
    const settled: (readonly [ProducerSequence, FoldOutcome])[] = [];
    for (const record of records) {
      const deadLetterRecord = record.offset < next ? undefined : readDeadLetterRecord(record);
      if (!deadLetterRecord) continue;
      const { sequence } = deadLetterRecord;
      settled.push([sequence, foldRecord(draft, deadLetterRecord, isDuplicate(writers, sequence))]);
      writers = withSequence(writers, sequence);
    }
    await this.#write(draft, {
      topic: this.#options.topic,
      partition,
      next: newest.offset + 1,
      /* All batches that cannot be read have the same content: none. */
      ...(!newest.unreadable && { last: digestOfRecord(newest) }),
      ...(before?.missing !== undefined && { missing: before.missing }),
      writers,
    });
    this.#options.onFolded(settled);
    this.#wake();
  }

  async #write(draft: DeadLetterDraft, folded: FoldedPartition): Promise<void> {
    const changes = draft.changes(folded);
    try {
      await this.#options.store.write(changes);
    } catch (fault) {
      throw fault instanceof Fault && !fault.retryable ? this.#stop(fault) : fault;
    }
    this.#counts = changes.counts;
  }

  #wake(): void {
    const isReached = (ends: readonly number[]): boolean =>
      ends.every((end, partition) => this.next(partition) >= end);
    const reached = this.#waiting.filter(({ ends }) => isReached(ends));
    this.#waiting = this.#waiting.filter((waiting) => !reached.includes(waiting));
    for (const { resolve } of reached) resolve();
  }
}

const otherRecord = ({ topic, partition, next }: FoldedPartition): Fault =>
  new Fault(
    'dead_letters_other_topic',
    `partition ${partition} of topic ${topic} holds another record at offset ${next - 1} than this process has folded: the topic was recreated, or a broker without all records has become its leader; restore the old records, or move the directory of the copy away, then restart`,
  );

type Writers = FoldedPartition['writers'];

/** Processes whose last numbers are kept. A duplicate follows its first record within the timeout of one append. */
const MAX_WRITERS = 64;

/** Numbers of a process ascend along a partition, so one that does not was written before. */
const isDuplicate = (writers: Writers, { writer, number }: ProducerSequence): boolean =>
  number <= (valueIn(writers, writer) ?? -1);

/** Depends on the records of the topic alone, so that every process forgets the same writers. */
function withSequence(writers: Writers, { writer, number }: ProducerSequence): Writers {
  const others = Object.entries(writers).filter(([name]) => name !== writer);
  const kept = others.slice(1 - MAX_WRITERS);
  return { ...Object.fromEntries(kept), [writer]: Math.max(valueIn(writers, writer) ?? -1, number) };
}
