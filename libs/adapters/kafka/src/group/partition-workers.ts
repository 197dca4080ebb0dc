import type { CommittedOffset, GroupOptions } from '@tributary/event-log';
import type { ClusterConnection } from '../client/cluster-connection.ts';
import { retryRequest } from '../client/broker-fault.ts';
import { pause } from '../fetch/condition-variable.ts';
import type { Fetcher } from '../fetch/fetcher.ts';
import type { PartitionQueue } from '../fetch/partition-queue.ts';
import { readableBoundsOfPartition } from '../offsets.ts';
import type { Coordinator } from './coordinator.ts';
import type { Generation } from './generation.ts';
import { committedOffsets } from './group-offsets.ts';
import { AssignmentHandle, type AssignmentHandleOptions } from './assignment-handle.ts';

export type PartitionWorkersOptions = Pick<GroupOptions, 'work' | 'queueBytes'> &
  Pick<AssignmentHandleOptions, 'send' | 'confirm'> & {
    readonly topic: string;
    readonly connection: ClusterConnection;
    readonly fetcher: Fetcher;
    readonly coordinator: Coordinator;
    readonly report: (line: string) => void;
    /** Milliseconds between a failure and the next start. */
    readonly retry: number;
  };

/** Runs the work on assigned partitions: once at a time per partition, each time from the offset committed before. */
export class PartitionWorkers {
  readonly #options: PartitionWorkersOptions;
  readonly #queues = new Map<number, PartitionQueue>();
  readonly #faults = new Map<number, unknown>();
  #assigned: readonly number[] = [];
  /** The end of the last run of each partition; never rejects. */
  readonly #ends = new Map<number, Promise<void>>();

  constructor(options: PartitionWorkersOptions) {
    this.#options = options;
  }

  partitions(): readonly number[] {
    return [...this.#queues.keys()].toSorted((a, b) => a - b);
  }

  queuedBytes(): number {
    return [...this.#queues.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  paused(): readonly number[] {
    return this.partitions().filter((partition) => this.#queues.get(partition)?.paused);
  }

  fault(): unknown {
    return [...this.#faults.values()][0];
  }

  stopped(): readonly unknown[] {
    return this.#faults.size < this.#assigned.length ? [] : [...this.#faults.values()];
  }

  /** Starts work on the partitions of a generation, on each of them when its run of an earlier generation has ended. */
  start(generation: Generation): void {
    this.#assigned = generation.partitions;
    for (const partition of this.#faults.keys()) {
      if (!generation.partitions.includes(partition)) this.#faults.delete(partition);
    }
    for (const partition of generation.partitions) {
      const before = this.#ends.get(partition) ?? Promise.resolve();
      this.#ends.set(
        partition,
        before.then(() => this.#workUntilLost(partition, generation)),
      );
    }
  }

  /** Resolves when the work on all partitions has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.#ends.values());
  }

  async #workUntilLost(partition: number, generation: Generation): Promise<void> {
    while (!generation.lost.aborted) {
      try {
        await this.#work(partition, generation);
      } catch (error) {
        if (generation.lost.aborted) return;
        if (!this.#faults.has(partition)) this.#report(partition, error);
        this.#faults.set(partition, error);
      }
      await pause(this.#options.retry, generation.lost);
    }
  }

  async #work(partition: number, generation: Generation): Promise<void> {
    const { fetcher, queueBytes, work, send, confirm } = this.#options;
    const { committed, end } = await this.#startOffsets(partition);
    if (generation.lost.aborted) return;
    const maxBytes = queueBytes / generation.partitions.length;
    const queue = fetcher.queue({ partition, from: committed?.offset ?? 0, end, maxBytes });
    const onProgress = (): void => void this.#faults.delete(partition);
    const assignment = new AssignmentHandle({ queue, generation, send, confirm, onProgress }, committed);
    this.#queues.set(partition, queue);
    try {
      await work(assignment);
    } finally {
      await assignment.close();
      fetcher.forget(queue);
      this.#queues.delete(partition);
    }
  }

  /** The last commit of the group for a partition, and the end offset of the partition. */
  async #startOffsets(partition: number): Promise<{ committed: CommittedOffset | undefined; end: number }> {
    const { topic, connection, coordinator, retry } = this.#options;
    const request = async (): Promise<{ committed: CommittedOffset | undefined; end: number }> => {
      const [committed] = await committedOffsets(coordinator, topic, [partition]);
      const { end } = await connection.use((cluster) => readableBoundsOfPartition(cluster, topic, partition));
      return { committed, end };
    };
    const doing = `cannot start work on partition ${partition} of topic ${topic}`;
    return retryRequest(request, { doing, timeout: Math.max(retry, 1000) });
  }

  #report(partition: number, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#options.report(`work on partition ${partition} of topic ${this.#options.topic} failed: ${reason}`);
  }
}
