import { Fault, retry, sleep } from '@tributary/kernel';
import { checkBounds } from './replica.ts';
import type { Replica } from './replica.ts';
import type { PartitionBounds, Topic, TopicFollower } from './topic.ts';

type Source = {
  readonly topic: Topic;
  /** Called while the replicas are filled at the start, with the number of missing records. */
  readonly onProgress?: (missing: number) => void;
};

/**
 * Follows the topic into the replicas of its partitions. Resolves when they have reached its present end, without the
 * partitions that have no leader: these are a fault until they have reached the end that a leader names. Rejects with a
 * fault that is not retryable.
 */
export async function replicate(
  replicas: readonly Replica[],
  { topic, onProgress }: Source,
): Promise<TopicFollower> {
  const bounds = await topic.knownBounds();
  for (const [partition, replica] of replicas.entries()) {
    const known = bounds[partition];
    if (known) checkBounds(replica, known, topic.name);
  }
  const failing = new AbortController();
  const following = await topic.follow({
    /* From the last known record, so that a replica recognises its topic. */
    from: replicas.map(({ next }, partition) => Math.max(bounds[partition]?.first ?? 0, next - 1)),
    take: async ({ partition, records }) => {
      try {
        await replicas[partition]?.take(records);
      } catch (fault) {
        if (fault instanceof Fault && !fault.retryable) failing.abort(fault);
        throw fault;
      }
      onProgress?.(missing(replicas, bounds));
    },
    resume: async (record) => replicas[record.partition]?.recognise([record]),
  });
  try {
    await Promise.race([
      Promise.all(
        replicas.map((replica, partition) => {
          const known = bounds[partition];
          return known ? replica.caughtUp(known) : Promise.resolve();
        }),
      ),
      aborted(failing.signal),
    ]);
  } catch (error) {
    await following.stop();
    throw error;
  }
  const late = new LateReplicas(
    topic,
    replicas.filter((_, partition) => bounds[partition] === undefined),
  );
  return {
    fault: () => following.fault() ?? late.fault(),
    lost: () => following.lost(),
    async recognised(partition, signal) {
      await late.recognised(partition, signal);
      await following.recognised(partition, signal);
    },
    async stop() {
      late.stop();
      await following.stop();
    },
  };
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

const missing = (replicas: readonly Replica[], bounds: readonly (PartitionBounds | undefined)[]): number =>
  replicas.reduce((sum, { next }, partition) => sum + Math.max(0, (bounds[partition]?.end ?? 0) - next), 0);

/** Milliseconds between two looks for a leader. */
const LOOK = { firstDelay: 200, maxDelay: 2000 };

/** Replicas of partitions that had no leader at the start: nobody could say how far they are behind. */
class LateReplicas {
  readonly #topic: Topic;
  readonly #faults = new Map<Replica, unknown>();
  /** By partition; they resolve once the replica has its topic's records and knows that it is the same topic. */
  readonly #caughtUp = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(topic: Topic, replicas: readonly Replica[]) {
    this.#topic = topic;
    for (const replica of replicas) {
      this.#faults.set(replica, behind(topic, replica));
      const caughtUp = this.#catchUp(replica);
      this.#caughtUp.set(replica.partition, caughtUp);
      caughtUp.then(
        () => this.#faults.delete(replica),
        (fault: unknown) => this.#faults.set(replica, fault),
      );
    }
  }

  fault(): unknown {
    return [...this.#faults.values()][0];
  }

  async recognised(partition: number, signal?: AbortSignal): Promise<void> {
    const caughtUp = this.#caughtUp.get(partition);
    await (signal ? Promise.race([caughtUp, aborted(signal)]) : caughtUp);
  }

  stop(): void {
    this.#stopping.abort();
  }

  async #catchUp(replica: Replica): Promise<void> {
    const { signal } = this.#stopping;
    const bounds = await retry(
      async () => {
        const known = (await this.#topic.knownBounds())[replica.partition];
        if (!known) throw behind(this.#topic, replica);
        /* Of each leader anew: one that lacks records may be followed by one that has them. */
        checkBounds(replica, known, this.#topic.name);
        return known;
      },
      {
        ...LOOK,
        isRetryable: () => true,
        onRetry: (fault) => this.#faults.set(replica, fault),
        signal,
        sleep,
      },
    );
    this.#faults.set(replica, behind(this.#topic, replica));
    await replica.caughtUp(bounds);
  }
}

const behind = ({ name }: Topic, { partition }: Replica): Fault =>
  new Fault(
    'partition_leaderless',
    `partition ${partition} of topic ${name} had no leader when this process started, so its records are not all known yet; it is read to its end once it has one`,
    { retryable: true },
  );
