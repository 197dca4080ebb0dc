import type { Claim, Commit, Range, TopicRecord } from '@tributary/event-log';
import type { PartitionQueue } from '../fetch/partition-queue.ts';
import { partitionLost, type Generation } from './generation.ts';

/** Sends a commit in the name of a generation. Rejects with `partition_lost` where the broker refuses it. */
export type SendCommit = (generation: Generation, partition: number, commit: Commit) => Promise<void>;

export type AssignmentHandleOptions = {
  readonly queue: PartitionQueue;
  readonly generation: Generation;
  readonly send: SendCommit;
  /** Called when the work has got through: something was committed, or it waits for more. */
  readonly onProgress: () => void;
};

/** The claim of one life of the work: it ends with the life, also where the generation goes on. */
export class AssignmentHandle implements Claim {
  readonly partition: number;
  readonly committed: Commit | undefined;
  readonly #queue: PartitionQueue;
  readonly #generation: Generation;
  readonly #send: SendCommit;
  readonly #onProgress: () => void;
  readonly #lost = new AbortController();
  /** Commits go one after the other; never rejects. */
  #commits: Promise<unknown> = Promise.resolve();

  constructor(
    { queue, generation, send, onProgress }: AssignmentHandleOptions,
    committed: Commit | undefined,
  ) {
    this.partition = queue.partition;
    this.committed = committed;
    this.#queue = queue;
    this.#generation = generation;
    this.#send = send;
    this.#onProgress = onProgress;
    // Synchronous: what loses the generation has ended this claim before anything else runs.
    const end = (): void => this.#lost.abort(generation.lost.reason);
    if (generation.lost.aborted) end();
    else generation.lost.addEventListener('abort', end, { once: true, signal: this.#lost.signal });
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  // oxlint-disable-next-line typescript/require-await -- every refusal is a rejection
  async read(range: Range): Promise<TopicRecord[]> {
    this.#lost.signal.throwIfAborted();
    const records = this.#queue.take(range);
    if (records.length === 0 && this.#queue.fault !== undefined) throw this.#queue.fault;
    return records;
  }

  async arrived(from: number, signal?: AbortSignal): Promise<void> {
    for (;;) {
      this.#lost.signal.throwIfAborted();
      signal?.throwIfAborted();
      if (this.#queue.has(from)) return;
      if (this.#queue.fault !== undefined) throw this.#queue.fault;
      this.#onProgress();
      await this.#queue.received.wait({ signals: [this.#lost.signal, signal] });
    }
  }

  end(): number {
    return this.#queue.end;
  }

  async commit(commit: Commit): Promise<void> {
    const sent = this.#commits.then(async () => {
      this.#lost.signal.throwIfAborted();
      await this.#send(this.#generation, this.partition, commit);
      this.#onProgress();
      this.#lost.signal.throwIfAborted();
    });
    this.#commits = sent.catch(() => undefined);
    return sent;
  }

  /** Ends the claim, and waits until nothing of it is on the way to the broker. */
  async close(): Promise<void> {
    if (!this.#lost.signal.aborted) this.#lost.abort(partitionLost('its life has ended'));
    await this.#commits;
  }
}
