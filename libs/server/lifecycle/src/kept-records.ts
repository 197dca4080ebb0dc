import type { Topic } from '@tributary/event-log';
import type { ReadinessCondition } from '@tributary/http';
import { lookRegularly } from './regular-look.ts';

/** Whether the brokers keep all records of topics, as it was at the last look. */
export type KeptRecords = {
  warnings(): ReadinessCondition[];
  close(): Promise<void>;
};

type Watched = Pick<
  Topic,
  'name' | 'partitions' | 'removal' | 'fragility' | 'knownBounds' | 'currentPartitions'
>;

export type KeptRecordsOptions = {
  /** Called once for each warning, when it begins. */
  readonly report: (text: string) => void;
  /** Milliseconds between two looks. */
  readonly interval?: number;
};

/** Retention removes whole segments, after hours or days. */
const INTERVAL = 60_000;

/**
 * Looks regularly whether somebody has set that the brokers remove records of topics, and whether they have removed some: a
 * start refuses that, and a process that runs would read on and hear of nothing. Also whether partitions were added, and
 * whether confirmed records may be on one disk alone. What a look does not find out, as of a
 * partition without a leader, stays as it was known.
 */
export function watchKeptRecords(
  topics: readonly Watched[],
  { report, interval = INTERVAL }: KeptRecordsOptions,
): KeptRecords {
  const watches = topics.map((topic) => new Watch(topic, report));
  const { close } = lookRegularly(() => Promise.all(watches.map((watch) => watch.look())), interval);
  return { warnings: () => watches.flatMap((watch) => watch.warnings()), close };
}

class Watch {
  readonly #topic: Watched;
  readonly #report: (text: string) => void;
  #removal: ReadinessCondition | undefined;
  #fragility: ReadinessCondition | undefined;
  #added: ReadinessCondition | undefined;
  /** By partition. */
  readonly #begins = new Map<number, ReadinessCondition>();

  constructor(topic: Watched, report: (text: string) => void) {
    this.#topic = topic;
    this.#report = report;
  }

  warnings(): ReadinessCondition[] {
    return [this.#removal, ...this.#begins.values(), this.#added, this.#fragility].flatMap(
      (warning) => warning ?? [],
    );
  }

  async look(): Promise<void> {
    const before = new Set(this.warnings().map(({ detail }) => detail));
    /* Brokers that do not answer are told by what needs them. */
    await Promise.allSettled([
      this.#lookAtSettings(),
      this.#lookAtBeginnings(),
      this.#lookAtPartitions(),
      this.#lookAtReplicas(),
    ]);
    for (const { detail } of this.warnings()) if (!before.has(detail)) this.#report(detail);
  }

  async #lookAtSettings(): Promise<void> {
    const removal = await this.#topic.removal();
    this.#removal = removal === undefined ? undefined : removed(this.#topic.name, removal);
  }

  async #lookAtPartitions(): Promise<void> {
    const now = await this.#topic.currentPartitions();
    this.#added = now > this.#topic.partitions ? added(this.#topic, now) : undefined;
  }

  async #lookAtReplicas(): Promise<void> {
    const weak = await this.#topic.fragility();
    this.#fragility = weak === undefined ? undefined : fragile(this.#topic.name, weak);
  }

  async #lookAtBeginnings(): Promise<void> {
    for (const [partition, known] of (await this.#topic.knownBounds()).entries())
      if (known?.first === 0) this.#begins.delete(partition);
      else if (known) this.#begins.set(partition, truncated(this.#topic.name, partition, known.first));
  }
}

const removed = (topic: string, removal: string): ReadinessCondition => ({
  code: 'topic_removes_records',
  detail: `the brokers will remove records of topic ${topic}, and no start reads it: ${removal}`,
});

const added = ({ name, partitions }: Watched, now: number): ReadinessCondition => ({
  code: 'partitions_added',
  detail: `topic ${name} has ${now} partitions, and this process goes on with the ${partitions} that it had at the start. A topic of events has to be copied (docs/guides/partitions.md). Of dead letters, processes that start later write to the new partitions, which this one does not read: stop all processes, then start them again`,
});

const fragile = (topic: string, weak: string): ReadinessCondition => ({
  code: 'topic_not_durable',
  detail: `what the brokers confirm of topic ${topic} may be on one disk alone, and be lost with it: ${weak}`,
});

const truncated = (topic: string, partition: number, first: number): ReadinessCondition => ({
  code: 'topic_truncated',
  detail: `partition ${partition} of topic ${topic} begins at offset ${first}: the records before it were removed from the brokers, so no new copy and no rebuild has them; keep the data directories of the processes that have read them, and end what removes them`,
});
