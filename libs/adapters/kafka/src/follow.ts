import type { Bounds, FollowOptions, Following } from '@tributary/event-log';
import { retry, sleep } from '@tributary/kernel';
import { outOfRange } from './fetch/arrival.ts';
import { Fetcher } from './fetch/fetcher.ts';
import type { PartitionQueue } from './fetch/partition-queue.ts';
import type { Link } from './client/link.ts';
import { retryRequest } from './client/retry-request.ts';
import { boundsOf } from './offsets.ts';

/** Bytes that may wait per partition while `take` works. */
const SHARE = 8 * 1024 * 1024;
const TAKE_BYTES = 4 * 1024 * 1024;
const TAKE_RECORDS = 10_000;

export type FollowPlace = {
  /** Connections of its own. */
  readonly link: Link;
  readonly topic: string;
  readonly report: (line: string) => void;
  /** Milliseconds over which the bounds are asked for. */
  readonly patience: number;
};

/** Follows every partition from its offset. Offsets that the broker does not hold are a fault before it begins. */
export async function follow(place: FollowPlace, { from, take }: FollowOptions): Promise<Following> {
  const { link, topic, report } = place;
  const bounds = await held(place, from).catch(async (error: unknown) => {
    await link.close();
    throw error;
  });
  const fetcher = new Fetcher(link, topic, report);
  const ended = new AbortController();
  const followers = from.map((offset, partition) => {
    const queue = fetcher.queue({ partition, from: offset, end: bounds[partition]?.end ?? 0, share: SHARE });
    return new Follower(queue, { from: offset, take, signal: ended.signal });
  });
  return {
    fault: () => followers.map((follower) => follower.fault()).find(Boolean) ?? fetcher.fault(),
    async stop() {
      ended.abort();
      await Promise.all([fetcher.stop(), ...followers.map((follower) => follower.stopped)]);
      await link.close();
    },
  };
}

async function held({ link, topic, patience }: FollowPlace, from: readonly number[]): Promise<Bounds[]> {
  const partitions = from.map((_, partition) => partition);
  const ask = (): Promise<Bounds[]> => link.use((cluster) => boundsOf(cluster, topic, partitions));
  const bounds = await retryRequest(ask, { doing: `cannot follow topic ${topic}`, timeout: patience });
  bounds.forEach(({ first, end }, partition) => {
    const wanted = from[partition] ?? 0;
    if (wanted < first || wanted > end) throw outOfRange(topic, { partition, from: wanted, first, end });
  });
  return bounds;
}

/** Hands what arrives in one partition to `take`, one portion at a time. */
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
        await this.#queue.arrivals.next({ signals: [this.#signal] });
        continue;
      }
      const { partition, end } = this.#queue;
      await this.#hand({ partition, records, end });
      from = last.offset + 1;
    }
  }

  async #hand(arrived: Parameters<FollowOptions['take']>[0]): Promise<void> {
    try {
      await retry(() => this.#take(arrived), {
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
