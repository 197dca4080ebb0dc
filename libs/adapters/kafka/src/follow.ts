import type { PartitionBounds, FollowOptions, TopicFollower } from '@tributary/event-log';
import { Fault, retry, sleep } from '@tributary/kernel';
import { endsEarly, outOfRange } from './fetch/fetch-result.ts';
import { ConditionVariable } from './fetch/condition-variable.ts';
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
export async function follow(context: FollowContext, options: FollowOptions): Promise<TopicFollower> {
  const { from } = options;
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
      /* Where there is no leader nobody knows the end. It is no earlier than what was read, or each start would find it short. */
      end: bounds[partition]?.end ?? offset,
      maxBytes: MAX_QUEUED_BYTES,
    });
    return new Follower(queue, { ...options, topic, start: offset, signal: ended.signal });
  });
  return {
    fault: () => followers.map((follower) => follower.fault()).find(Boolean) ?? fetcher.fault(),
    lost: () => followers.map((follower) => follower.lost()).find(Boolean),
    recognised: async (partition, signal) => followers[partition]?.recognised(signal),
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
    const wanted = from[partition];
    if (wanted !== undefined && (wanted < first || wanted > end))
      throw outOfRange(topic, { partition, from: wanted, first, end });
  });
  return bounds;
}

type FollowerOptions = Pick<FollowOptions, 'take' | 'resume'> & {
  readonly topic: string;
  readonly start: number;
  readonly signal: AbortSignal;
};

/** Passes the records of one partition to `take`, one portion at a time. */
class Follower {
  readonly stopped: Promise<void>;
  readonly #queue: PartitionQueue;
  readonly #options: FollowerOptions;
  readonly #compared = new ConditionVariable();
  /** The next offset to take. */
  #from: number;
  /** The interruptions after which the last record was compared. */
  #seen = 0;
  #fault: unknown;

  constructor(queue: PartitionQueue, options: FollowerOptions) {
    this.#queue = queue;
    this.#options = options;
    this.#from = options.start;
    this.stopped = this.#run();
  }

  fault(): unknown {
    return this.#fault ?? this.#short() ?? this.#queueFault();
  }

  lost(): unknown {
    const fault = this.#queueFault();
    return fault instanceof Fault && fault.code === 'offset_out_of_range' ? fault : this.#short();
  }

  #queueFault(): unknown {
    return this.#isForgotten() ? undefined : this.#queue.fault;
  }

  /** Whether the last record that was taken cannot be compared, because the partition begins right after it. */
  #isForgotten(): boolean {
    return this.#queue.first === this.#from;
  }

  /** While the last answer says that the partition ends before what was read: asked for anew, so that it ends with that. */
  #short(): Fault | undefined {
    const { partition, answeredEnd: end } = this.#queue;
    const from = this.#from;
    return end < from ? endsEarly(this.#options.topic, { partition, from, end }) : undefined;
  }

  /**
   * See `TopicFollower`; rejects at once where the comparison fails, or the topic is too short for it. A partition of
   * which nothing was taken cannot be another one.
   */
  async recognised(signal?: AbortSignal): Promise<void> {
    while (this.#from > 0 && this.#queue.interruptions !== this.#seen) {
      signal?.throwIfAborted();
      const fault = this.#fault ?? this.lost();
      if (fault !== undefined) throw fault;
      await this.#compared.wait({ signals: [signal, this.#options.signal] });
      this.#options.signal.throwIfAborted();
    }
  }

  async #run(): Promise<void> {
    const { signal, resume, take } = this.#options;
    while (!signal.aborted) {
      const from = this.#from;
      const { partition, end, interruptions } = this.#queue;
      /* Retention has removed all that was read. A topic that was created again begins at 0. */
      if (this.#isForgotten()) this.#seen = interruptions;
      /* The last record is read again after an interruption, so that another topic is noticed. */
      const again = resume === undefined || interruptions === this.#seen ? from : Math.max(0, from - 1);
      const records = this.#queue.take({ from: again, limit: TAKE_RECORDS, maxBytes: TAKE_BYTES });
      const [first] = records;
      if (first === undefined) {
        /* Whoever waits looks whether the topic is too short. */
        this.#compared.notifyAll();
        await this.#queue.received.wait({ signals: [signal] });
        continue;
      }
      if (again < from) await this.#repeat(() => resume?.(first));
      const fresh = first.offset < from ? records.slice(1) : records;
      if (fresh.length > 0) await this.#repeat(() => take({ partition, records: fresh, end }));
      this.#from = (fresh.at(-1)?.offset ?? from - 1) + 1;
      this.#seen = interruptions;
      this.#compared.notifyAll();
    }
  }

  /** Repeats a call until it resolves, or following is stopped. */
  async #repeat(call: () => Promise<void> | undefined): Promise<void> {
    const { signal } = this.#options;
    try {
      await retry(async () => call(), {
        firstDelay: 100,
        maxDelay: 5000,
        isRetryable: () => true,
        onRetry: (error) => {
          this.#fault = error;
          this.#compared.notifyAll();
        },
        signal,
        sleep,
      });
      this.#fault = undefined;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }
}
