import { Fault, GroupCommit } from '@tributary/kernel';
import type { CommitFailure } from '@tributary/kernel';
import type { NewEvent, RecordedEvent } from '../event-log.ts';
import { PartitionFault } from './partition-fault.ts';
import type { PendingWrite } from './pending-write.ts';

export type PartitionWriterOptions = {
  /** For messages: "partition 1 of topic events". */
  readonly name: string;
  readonly write: (events: readonly NewEvent[]) => Promise<readonly RecordedEvent[]>;
  readonly maxBytes: number;
  /** Milliseconds without a confirmed write after which it counts as stuck. */
  readonly timeout: number;
  /** Milliseconds of a clock that only ascends. */
  readonly now: () => number;
};

/** The writes of one partition: those that wait while a group is written and read back share the next one. */
export class PartitionWriter {
  readonly name: string;
  readonly #options: PartitionWriterOptions;
  readonly #group: GroupCommit<PendingWrite, readonly RecordedEvent[]>;
  /** Since when writes have been sent and none was confirmed. */
  #unconfirmedSince: number | undefined;
  /** Payload bytes of what is being written and of what waits. */
  #unconfirmedBytes = 0;
  /** What is being written. */
  #writing: readonly PendingWrite[] = [];
  #reason = 'it has not answered';

  constructor(options: PartitionWriterOptions) {
    this.name = options.name;
    this.#options = options;
    this.#group = new GroupCommit({
      commit: (writes) => this.#commit(writes),
      onFailure: (cause) => this.#failureOf(cause),
      maxWeight: options.maxBytes,
    });
  }

  /** Resolves with the event or omission at the position of each event of a write. */
  async submit(write: PendingWrite): Promise<readonly RecordedEvent[]> {
    const bytes = write.bytes();
    this.#unconfirmedBytes += bytes;
    try {
      return await this.#group.submit(write, bytes, write.withdrawn.signal);
    } finally {
      this.#unconfirmedBytes -= bytes;
    }
  }

  /** Takes a write back that is not being written yet: it is rejected with the reason. */
  withdraw(write: PendingWrite, reason: unknown): void {
    if (!this.#writing.includes(write)) write.withdrawn.abort(reason);
  }

  /**
   * Fault `partition_unavailable` while a write is in flight and none has been confirmed for too long. Without a write in
   * flight nothing is known, and the next one shows whether the partition answers.
   */
  stuck(): PartitionFault | undefined {
    const since = this.#unconfirmedSince;
    if (this.#writing.length === 0 || since === undefined) return undefined;
    const elapsed = this.#options.now() - since;
    if (elapsed < this.#options.timeout) return undefined;
    return new PartitionFault(
      'partition_unavailable',
      `${this.name} has confirmed no event for ${Math.round(elapsed / 1000)} s (${this.#reason}); other partitions take events; events for this one wait until their deadline, or are refused where too many do and nothing of their request is written: send the same again, with the same ids`,
      { retryable: true },
    );
  }

  /** The same, where as much waits for it as one group takes: more is refused, so that it takes no memory from the others. */
  full(): PartitionFault | undefined {
    return this.#unconfirmedBytes >= this.#options.maxBytes ? this.stuck() : undefined;
  }

  async #commit(writes: readonly PendingWrite[]): Promise<readonly (readonly RecordedEvent[])[]> {
    this.#unconfirmedSince ??= this.#options.now();
    this.#writing = writes;
    try {
      const written = await this.#options.write(writes.flatMap(({ events }) => events));
      this.#unconfirmedSince = undefined;
      let from = 0;
      return writes.map(({ events }) => written.slice(from, (from += events.length)));
    } finally {
      this.#writing = [];
    }
  }

  /** A retryable failure may have written some of the group, so its senders try again with the same ids. */
  #failureOf(cause: unknown): CommitFailure {
    if (cause instanceof Fault && !cause.retryable) {
      this.#unconfirmedSince = undefined;
      return { fault: cause, policy: 'isolate' };
    }
    this.#reason = cause instanceof Error ? cause.message : String(cause);
    const fault = new PartitionFault(
      'partition_unavailable',
      `${this.name} has not confirmed the events: ${this.#reason}; it is unknown whether they are stored; send the same events again, with the same ids: none is stored twice`,
      { cause, retryable: true },
    );
    return { fault, policy: 'reject' };
  }
}
