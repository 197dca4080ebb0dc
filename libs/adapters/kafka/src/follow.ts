import type { PartitionBounds, FollowOptions, TopicFollower } from '@tributary/event-log';
import { retry, sleep } from '@tributary/kernel';
import { outOfRange } from './fetch/fetch-result.ts';
import { Fetcher } from './fetch/fetcher.ts';
import type { PartitionQueue } from './fetch/partition-queue.ts';
import type { ClusterConnection } from './client/cluster-connection.ts';
import { retryRequest } from './client/broker-fault.ts';
import { boundsOf, ledPartitions } from './offsets.ts';

/** Bytes queued per partition above which its fetching pauses. */
const MAX_QUEUED_BYTES = 8 * 1024 * 1024;
const TAKE_BYTES = 4 * 1024 * 1024;
const TAKE_RECORDS = 10_000;

export type FollowContext = {
  /** Connections that nothing else uses; closed when following stops. */
  readonly connection: ClusterConnection;
  readonly topic: string;
  readonly report: (line: string) => void;
  /** Milliseconds over which the request for the bounds is retried. */
  readonly retryTimeout: number;
};

/** Follows every partition from its offset; one without a leader as soon as it has one. Throws Fault `offset_out_of_range` if the broker does not hold an offset. */
export async function follow(context: FollowContext, { from, take }: FollowOptions): Promise<TopicFollower> {
  const { connection, topic, report } = context;
  const bounds = await checkedBounds(context, from).catch(async (error: unknown) => {
    await connection.close();
    throw error;
  });
  const fetcher = new Fetcher(connection, topic, report);
  const ended = new AbortController();
  const followers = from.map((offset, partition) => {
    const queue = fetcher.queue({
      partition,
      from: offset,
      end: bounds[partition]?.end ?? 0,
      maxBytes: MAX_QUEUED_BYTES,
    });
    return new Follower(queue, { from: offset, take, signal: ended.signal });
  });
  return {
    fault: () => followers.map((follower) => follower.fault()).find(Boolean) ?? fetcher.fault(),
    async stop() {
      ended.abort();
      await Promise.all([fetcher.stop(), ...followers.map((follower) => follower.stopped)]);
      await connection.close();
    },
  };
}

async function checkedBounds(
  { connection, topic, retryTimeout }: FollowContext,
  from: readonly number[],
): Promise<(PartitionBounds | undefined)[]> {
  const request = (): Promise<(PartitionBounds | undefined)[]> =>
    connection.use(async (cluster) => {
      const led = await ledPartitions(cluster, topic);
      const known = await boundsOf(cluster, topic, led);
      return from.map((_, partition) => known[led.indexOf(partition)]);
    });
  const bounds = await retryRequest(request, {
    doing: `cannot follow topic ${topic}`,
    timeout: retryTimeout,
  });
  bounds.forEach((known, partition) => {
    if (!known) return;
    const { first, end } = known;
    const wanted = from[partition] ?? 0;
    if (wanted < first || wanted > end) throw outOfRange(topic, { partition, from: wanted, first, end });
  });
  return bounds;
}

/** Passes the records of one partition to `take`, one portion at a time. */
class Follower {
  readonly stopped: Promise<void>;
  readonly #queue: PartitionQueue;
  readonly #take: FollowOptions['take'];
  readonly #signal: AbortSignal;
  #fault: unknown;

  constructor(
    queue: PartitionQueue,
    { from, take, signal }: { from: number; take: FollowOptions['take']; signal: AbortSignal },
  ) {
    this.#queue = queue;
    this.#take = take;
    this.#signal = signal;
    this.stopped = this.#run(from);
  }

  fault(): unknown {
    return this.#fault ?? this.#queue.fault;
  }

  async #run(start: number): Promise<void> {
    for (let from = start; !this.#signal.aborted;) {
      const records = this.#queue.take({ from, limit: TAKE_RECORDS, maxBytes: TAKE_BYTES });
      const last = records.at(-1);
      if (last === undefined) {
        await this.#queue.received.wait({ signals: [this.#signal] });
        continue;
      }
      const { partition, end } = this.#queue;
      await this.#deliver({ partition, records, end });
      from = last.offset + 1;
    }
  }

  async #deliver(portion: Parameters<FollowOptions['take']>[0]): Promise<void> {
    try {
      await retry(() => this.#take(portion), {
        firstDelay: 100,
        maxDelay: 5000,
        isRetryable: () => true,
        onRetry: (error) => (this.#fault = error),
        signal: this.#signal,
        sleep,
      });
      this.#fault = undefined;
    } catch (error) {
      if (!this.#signal.aborted) throw error;
    }
  }
}
