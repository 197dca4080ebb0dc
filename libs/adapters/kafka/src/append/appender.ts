import type { NewRecord } from '@tributary/event-log';
import { batchBytes } from './batch-bytes.ts';
import { batchesOf, type BatchLimits } from './batches.ts';
import type { ClusterConnection } from '../client/cluster-connection.ts';
import { leaderOf } from '../client/leaders.ts';
import { retryRequest } from '../client/retry-request.ts';
import { produce } from './produce-request.ts';

export type AppendOptions = BatchLimits & {
  readonly partitions: number;
  /** Milliseconds over which a batch is tried again. */
  readonly retryTimeout: number;
};

/** Milliseconds. */
const MAX_REQUEST_TIMEOUT = 30_000;

/**
 * Writes records. Each partition is a lane: one batch is on the way, the next is sent when it is answered. So records
 * of a partition keep the order of the calls, whatever is tried again.
 */
export class Appender {
  readonly #link: ClusterConnection;
  readonly #options: AppendOptions;
  /** The last work of each partition; never rejects. */
  readonly #queues: Promise<void>[];

  constructor(link: ClusterConnection, options: AppendOptions) {
    this.#link = link;
    this.#options = options;
    this.#queues = Array.from({ length: options.partitions }, () => Promise.resolve());
  }

  async append(records: readonly NewRecord[]): Promise<readonly number[]> {
    const indexes = this.#indexesByPartition(records);
    const offsets = Array.from<number>({ length: records.length });
    const settled = await Promise.allSettled(
      [...indexes].map(([partition, places]) =>
        this.#enqueue(partition, async () => {
          for (const batch of batchesOf(records, places, this.#options)) {
            const base = await this.#write(partition, batch.records);
            batch.indexes.forEach((place, delta) => (offsets[place] = base + delta));
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
    records.forEach(({ partition }, place) => {
      if (!(Number.isInteger(partition) && partition >= 0 && partition < this.#options.partitions)) {
        throw new RangeError(`topic ${this.#options.topic} has no partition ${partition}`);
      }
      const places = indexes.get(partition);
      if (places) places.push(place);
      else indexes.set(partition, [place]);
    });
    return indexes;
  }

  #enqueue(partition: number, work: () => Promise<void>): Promise<void> {
    const before = this.#queues[partition] ?? Promise.resolve();
    const done = before.then(work);
    this.#queues[partition] = done.catch(() => undefined);
    return done;
  }

  /** The offset of the first record, as the last try was answered. An earlier try may have been written as well. */
  async #write(partition: number, records: readonly NewRecord[]): Promise<number> {
    const { topic, retryTimeout, compression } = this.#options;
    const batch = await batchBytes(records, { compression, now: Date.now() });
    const until = Date.now() + retryTimeout;
    return retryRequest(() => this.#send(partition, batch, Math.max(1000, until - Date.now())), {
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
