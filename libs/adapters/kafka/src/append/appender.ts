import type { NewRecord } from '@tributary/event-log';
import { batchBytes } from './batch-bytes.ts';
import { batchesOf, type BatchLimits } from './batches.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';
import { leaderOf } from '../client/cluster.ts';
import { retryRequest } from '../client/broker-fault.ts';
import { produce } from './produce-request.ts';

export type AppendOptions = BatchLimits & {
  readonly partitions: number;
  /** Milliseconds over which a batch is retried. */
  readonly retryTimeout: number;
};

/** Milliseconds per attempt. */
const MAX_REQUEST_TIMEOUT = 30_000;

/**
 * Writes records. Each partition has a queue with one batch in flight; the next one is sent after its answer. So the
 * records of a partition keep the order of the calls, through all retries.
 */
export class Appender {
  readonly #link: ClusterConnection;
  readonly #options: AppendOptions;
  /** The end of the queue of each partition; never rejects. */
  readonly #queues: Promise<void>[];

  constructor(link: ClusterConnection, options: AppendOptions) {
    this.#link = link;
    this.#options = options;
    this.#queues = Array.from({ length: options.partitions }, () => Promise.resolve());
  }

  async append(records: readonly NewRecord[]): Promise<readonly number[]> {
    /* As a whole before anything is sent: a record that is too large is a fault of all of them. */
    const batches = [...this.#indexesByPartition(records)].map(
      ([partition, indexes]) => [partition, batchesOf(records, indexes, this.#options)] as const,
    );
    const offsets = Array.from<number>({ length: records.length });
    const settled = await Promise.allSettled(
      batches.map(([partition, ofPartition]) =>
        this.#enqueue(partition, async () => {
          for (const batch of ofPartition) {
            const base = await this.#write(partition, batch.records);
            batch.indexes.forEach((index, delta) => (offsets[index] = base + delta));
          }
        }),
      ),
    );
    const failed = settled.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return offsets;
  }

  async drained(): Promise<void> {
    await Promise.all(this.#queues);
  }

  #indexesByPartition(records: readonly NewRecord[]): Map<number, number[]> {
    const indexes = new Map<number, number[]>();
    records.forEach(({ partition }, index) => {
      if (!(Number.isInteger(partition) && partition >= 0 && partition < this.#options.partitions)) {
        throw new RangeError(
          `topic ${this.#options.topic} has partitions 0 to ${this.#options.partitions - 1}, not ${partition}`,
        );
      }
      const known = indexes.get(partition);
      if (known) known.push(index);
      else indexes.set(partition, [index]);
    });
    return indexes;
  }

  #enqueue(partition: number, work: () => Promise<void>): Promise<void> {
    const before = this.#queues[partition] ?? Promise.resolve();
    const done = before.then(work);
    this.#queues[partition] = done.catch(() => undefined);
    return done;
  }

  /** The offset of the first record, as the last attempt was answered. An earlier attempt may have been written too. */
  async #write(partition: number, records: readonly NewRecord[]): Promise<number> {
    const { topic, retryTimeout, compression } = this.#options;
    const batch = await batchBytes(records, { compression, now: Date.now() });
    const until = performance.now() + retryTimeout;
    return retryRequest(() => this.#send(partition, batch, Math.max(1000, until - performance.now())), {
      doing: `cannot append to partition ${partition} of topic ${topic}, records may have been written`,
      timeout: retryTimeout,
    });
  }

  async #send(partition: number, batch: Buffer, timeout: number): Promise<number> {
    const { topic } = this.#options;
    return this.#link.use(async (cluster) => {
      const broker = await leaderOf(cluster, topic, partition);
      return produce(broker, { topic, partition, batch, timeout: Math.min(timeout, MAX_REQUEST_TIMEOUT) });
    });
  }
}
