import type {
  Bounds,
  Commit,
  FollowOptions,
  Following,
  GroupOptions,
  Membership,
  NewRecord,
  Topic,
} from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { Appender } from './append.ts';
import { brokerFault, protocolError } from './client/broker-fault.ts';
import type { Access, Cluster } from './client/cluster.ts';
import { Link } from './client/link.ts';
import { patiently } from './client/patiently.ts';
import { follow } from './follow.ts';
import { Coordinator } from './group/coordinator.ts';
import { Member, type GroupTimes } from './group/member.ts';
import { commitWithoutMember, committedOf } from './group/group-offsets.ts';
import { readableBoundsOf } from './offsets.ts';
import { topicSettings, type NewTopic, type TopicSettings } from './topic-settings.ts';

export type TopicOptions = Access & {
  readonly topic: string;
  /** Refuses any other cluster (`wrong_cluster`): offsets mean something in one cluster only. */
  readonly clusterId?: string;
  /** Makes a missing topic; without it a missing topic is a fault. */
  readonly create?: NewTopic;
  readonly compression?: 'none' | 'gzip';
  /** Milliseconds over which an append and a question are tried again. */
  readonly patience?: number;
  /** Times of groups, in milliseconds. */
  readonly group?: Partial<GroupTimes>;
};

const PATIENCE = 30_000;
/** A session must outlast a pause of the process; a rebalance must outlast the slowest member. */
const TIMES: GroupTimes = { session: 45_000, heartbeat: 3000, rebalance: 60_000, retry: 5000 };
/** How the broker refuses a commit without a member beside members. */
const BUSY = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS']);

/** Connects to a topic. Faults: see `Topic`. */
export async function connectTopic(options: TopicOptions): Promise<Topic> {
  const { topic, clusterId, create, compression = 'none', patience = PATIENCE, group, ...access } = options;
  try {
    const wanted = { topic, ...(clusterId !== undefined && { clusterId }), ...(create && { create }) };
    const settings = await topicSettings(access, wanted);
    const append = { topic, compression, patience, ...settings };
    return new KafkaTopic(access, settings, append, { ...TIMES, ...group });
  } catch (error) {
    throw brokerFault(error, `cannot open topic ${topic} at ${access.brokers.join(', ')}`);
  }
}

class KafkaTopic implements Topic {
  readonly name: string;
  readonly clusterId: string;
  readonly partitions: number;
  readonly #access: Access;
  readonly #times: GroupTimes;
  readonly #patience: number;
  readonly #link: Link;
  readonly #appender: Appender;

  constructor(
    access: Access,
    { clusterId, partitions }: TopicSettings,
    append: ConstructorParameters<typeof Appender>[1],
    times: GroupTimes,
  ) {
    this.name = append.topic;
    this.clusterId = clusterId;
    this.partitions = partitions;
    this.#access = access;
    this.#times = times;
    this.#patience = append.patience;
    this.#link = new Link(access, this.name);
    this.#appender = new Appender(this.#link, append);
  }

  append(records: readonly NewRecord[]): Promise<readonly number[]> {
    return this.#appender.append(records);
  }

  bounds(): Promise<readonly Bounds[]> {
    const question = (cluster: Cluster): Promise<Bounds[]> =>
      readableBoundsOf(cluster, this.name, this.#all());
    return this.#ask('ask for the bounds', () => this.#link.use(question));
  }

  follow(options: FollowOptions): Promise<Following> {
    return follow(this.#place(), options).catch((error: unknown) => {
      throw brokerFault(error, `cannot follow topic ${this.name}`);
    });
  }

  join(options: GroupOptions): Promise<Membership> {
    return Promise.resolve(
      new Member({ ...this.#place(), parting: this.#open(), times: this.#times }, options),
    );
  }

  commits(group: string): Promise<readonly (Commit | undefined)[]> {
    const coordinator = new Coordinator(this.#link, group);
    return this.#ask(`ask for the offsets of group ${group}`, () =>
      committedOf(coordinator, this.name, this.#all()),
    );
  }

  async moveGroup(group: string, commits: readonly Commit[]): Promise<void> {
    const coordinator = new Coordinator(this.#link, group);
    await this.#ask(`move group ${group}`, () => commitWithoutMember(coordinator, this.name, commits));
  }

  async close(): Promise<void> {
    await this.#appender.drained();
    await this.#link.close();
  }

  #all(): number[] {
    return Array.from({ length: this.partitions }, (_, partition) => partition);
  }

  /** Connections of its own, so that no long wait delays an append. */
  #place(): { link: Link; topic: string; report: (line: string) => void } {
    const report = this.#access.report ?? (() => undefined);
    return { link: this.#open(), topic: this.name, report };
  }

  #open(): Link {
    return new Link(this.#access, this.name);
  }

  async #ask<T>(doing: string, question: () => Promise<T>): Promise<T> {
    try {
      return await patiently(question, this.#patience);
    } catch (error) {
      if (BUSY.has(protocolError(error) ?? '')) throw busy(doing, error);
      throw brokerFault(error, `cannot ${doing} of topic ${this.name}`);
    }
  }
}

const busy = (doing: string, cause: unknown): Fault =>
  new Fault('group_busy', `cannot ${doing}: it has members; stop the services that belong to it first`, {
    cause,
  });
