import type {
  Bounds,
  Commit,
  Following,
  FollowOptions,
  GroupOptions,
  Membership,
  NewRecord,
  Topic,
} from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { Appender, type AppendOptions } from './append/appender.ts';
import { protocolError } from './client/broker-fault.ts';
import type { Access, Cluster } from './client/cluster.ts';
import { Link } from './client/link.ts';
import { retryRequest } from './client/retry-request.ts';
import { follow } from './follow.ts';
import { Coordinator } from './group/coordinator.ts';
import { commitWithoutMember, committedOf, membersOf } from './group/group-offsets.ts';
import type { GroupTimes } from './group/group-place.ts';
import { Member } from './group/member.ts';
import { readableBoundsOf } from './offsets.ts';
import type { TopicSettings } from './topic-settings.ts';

export type TopicPlace = {
  readonly access: Access;
  readonly times: GroupTimes;
  readonly report: (line: string) => void;
};

/** How the broker refuses a commit without a member beside members. */
const BUSY = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS']);

/** The port of the log, with one set of connections for questions and appends. */
export class KafkaTopic implements Topic {
  readonly name: string;
  readonly clusterId: string;
  readonly partitions: number;
  readonly #place: TopicPlace;
  readonly #patience: number;
  readonly #link: Link;
  readonly #appender: Appender;

  constructor(place: TopicPlace, kept: AppendOptions & TopicSettings) {
    this.name = kept.topic;
    this.clusterId = kept.clusterId;
    this.partitions = kept.partitions;
    this.#place = place;
    this.#patience = kept.patience;
    this.#link = this.#open();
    this.#appender = new Appender(this.#link, kept);
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
    const { report } = this.#place;
    return follow({ link: this.#open(), topic: this.name, report, patience: this.#patience }, options);
  }

  join(options: GroupOptions): Promise<Membership> {
    const { times, report } = this.#place;
    const links = { link: this.#open(), parting: this.#open() };
    return Promise.resolve(new Member({ ...links, topic: this.name, times, report }, options));
  }

  commits(group: string): Promise<readonly (Commit | undefined)[]> {
    const coordinator = new Coordinator(this.#link, group);
    return this.#ask(`ask for the offsets of group ${group}`, () =>
      committedOf(coordinator, this.name, this.#all()),
    );
  }

  members(group: string): Promise<number> {
    const coordinator = new Coordinator(this.#link, group);
    return this.#ask(`ask for the members of group ${group}`, () => membersOf(coordinator));
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

  /** Connections of their own for those who wait long, so that no append waits behind them. */
  #open(): Link {
    return new Link(this.#place.access, this.name);
  }

  async #ask<T>(doing: string, question: () => Promise<T>): Promise<T> {
    try {
      return await retryRequest(question, {
        doing: `cannot ${doing} of topic ${this.name}`,
        timeout: this.#patience,
      });
    } catch (error) {
      if (BUSY.has(protocolError(error) ?? '')) throw busy(doing, error);
      throw error;
    }
  }
}

const busy = (doing: string, cause: unknown): Fault =>
  new Fault('group_busy', `cannot ${doing}: it has members; stop the services that belong to it first`, {
    cause,
  });
