import type { PartitionAssignment, CommittedOffset, FetchRange, TopicRecord } from '@tributary/event-log';
import type { PartitionQueue } from '../fetch/partition-queue.ts';
import { partitionLost, type Generation } from './generation.ts';

/** Sends a commit of a generation. Throws Fault `partition_lost` if the broker refuses it. */
export type SendCommit = (
  generation: Generation,
  partition: number,
  commit: CommittedOffset,
) => Promise<void>;

export type AssignmentHandleOptions = {
  readonly queue: PartitionQueue;
  readonly generation: Generation;
  readonly send: SendCommit;
  /** Asks the broker whether a generation is still held. Throws as `PartitionAssignment.confirmLease`. */
  readonly confirm: (generation: Generation) => Promise<void>;
  /** Called when the work makes progress: it has committed, or it has read all records and waits for more. */
  readonly onProgress: () => void;
};

/** The assignment of a partition to one run of the work. It ends with the run, even if the generation continues. */
export class AssignmentHandle implements PartitionAssignment {
  readonly partition: number;
  readonly committed: CommittedOffset | undefined;
  readonly #queue: PartitionQueue;
  readonly #generation: Generation;
  readonly #send: SendCommit;
  readonly #confirm: AssignmentHandleOptions['confirm'];
  readonly #onProgress: () => void;
  readonly #lost = new AbortController();
  /** The end of the queue of commits; never rejects. */
  #commits: Promise<unknown> = Promise.resolve();

  constructor(
    { queue, generation, send, confirm, onProgress }: AssignmentHandleOptions,
    committed: CommittedOffset | undefined,
  ) {
    this.partition = queue.partition;
    this.committed = committed;
    this.#queue = queue;
    this.#generation = generation;
    this.#send = send;
    this.#confirm = confirm;
    this.#onProgress = onProgress;
    // Synchronous: when the generation is lost, this assignment has ended before anything else runs.
    const end = (): void => this.#lost.abort(generation.lost.reason);
    if (generation.lost.aborted) end();
    else generation.lost.addEventListener('abort', end, { once: true, signal: this.#lost.signal });
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  checkLease(): void {
    this.#generation.checkLease();
    this.#lost.signal.throwIfAborted();
  }

  async confirmLease(): Promise<void> {
    this.checkLease();
    await this.#confirm(this.#generation);
    this.#lost.signal.throwIfAborted();
  }

  // oxlint-disable-next-line typescript/require-await -- all errors are rejections
  async read(range: FetchRange): Promise<TopicRecord[]> {
    this.#lost.signal.throwIfAborted();
    const records = this.#queue.take(range);
    if (records.length === 0 && this.#queue.fault !== undefined) throw this.#queue.fault;
    return records;
  }

  async waitForRecord(from: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      this.#lost.signal.throwIfAborted();
      signal?.throwIfAborted();
      if (this.#queue.has(from)) return;
      if (this.#queue.fault !== undefined) throw this.#queue.fault;
      /* Records that are still on their way are those of the last attempt. */
      if (from >= this.#queue.end) this.#onProgress();
      await this.#queue.received.wait({ signals: [this.#lost.signal, signal] });
    }
  }

  end(): number {
    return this.#queue.end;
  }

  first(): number | undefined {
    return this.#queue.first;
  }

  interruptions(): number {
    return this.#queue.interruptions;
  }

  async commit(commit: CommittedOffset): Promise<void> {
    const sent = this.#commits.then(async () => {
      this.#lost.signal.throwIfAborted();
      await this.#send(this.#generation, this.partition, commit);
      this.#onProgress();
      this.#lost.signal.throwIfAborted();
    });
    this.#commits = sent.catch(() => undefined);
    return sent;
  }

  /** Ends the assignment, and waits until none of its commits is in flight. */
  async close(): Promise<void> {
    if (!this.#lost.signal.aborted) this.#lost.abort(partitionLost('the run of the work has ended'));
    await this.#commits;
  }
}
