import type {
  PartitionBounds,
  CommittedOffset,
  TopicFollower,
  FollowOptions,
  GroupOptions,
  HeldGroup,
  Membership,
  NewRecord,
  Topic,
} from '@tributary/event-log';
import { Fault } from '@tributary/kernel';
import { Appender, type AppendOptions } from './append/appender.ts';
import { maxRecordBytes } from './append/batches.ts';
import { protocolError, retryRequest } from './client/broker-fault.ts';
import { noLeader, type Access, type Cluster } from './client/cluster.ts';
import { ClusterConnection } from './client/cluster-connection.ts';
import { follow } from './follow.ts';
import { Coordinator, type GroupContext, type GroupTimes } from './group/coordinator.ts';
import { commitWithoutMember, committedOffsets, countMembers } from './group/group-offsets.ts';
import { holdGroup } from './group/held-group.ts';
import { Member } from './group/member.ts';
import { ledPartitions, readableBoundsOf } from './offsets.ts';
import { fragilityNow } from './topic-durability.ts';
import { removalNow, type TopicSettings } from './topic-settings.ts';

export type TopicContext = {
  readonly access: Access;
  readonly times: GroupTimes;
  readonly report: (line: string) => void;
};

/** Milliseconds for which a partition without a leader is expected to get one. */
const ELECTION = 3000;

/** How a broker refuses a commit without a member id while the group has members. */
const HAS_MEMBERS = new Set(['UNKNOWN_MEMBER_ID', 'ILLEGAL_GENERATION', 'REBALANCE_IN_PROGRESS']);

/** `Topic` on a broker. Requests and appends share one set of connections. */
export class KafkaTopic implements Topic {
  readonly name: string;
  readonly clusterId: string;
  readonly partitions: number;
  readonly maxRecordBytes: number;
  readonly #context: TopicContext;
  readonly #retryTimeout: number;
  readonly #connection: ClusterConnection;
  readonly #appender: Appender;

  constructor(context: TopicContext, options: AppendOptions & TopicSettings) {
    this.name = options.topic;
    this.clusterId = options.clusterId;
    this.partitions = options.partitions;
    this.maxRecordBytes = maxRecordBytes(options);
    this.#context = context;
    this.#retryTimeout = options.retryTimeout;
    this.#connection = this.#openConnection();
    this.#appender = new Appender(this.#connection, options);
  }

  append(records: readonly NewRecord[]): Promise<readonly number[]> {
    return this.#appender.append(records);
  }

  currentPartitions(): Promise<number> {
    const count = async (cluster: Cluster): Promise<number> => {
      await cluster.refreshMetadataIfNecessary();
      return cluster.findTopicPartitionMetadata(this.name).length;
    };
    return this.#request('count the partitions', () => this.#connection.use(count));
  }

  bounds(): Promise<readonly PartitionBounds[]> {
    const bounds = (cluster: Cluster): Promise<PartitionBounds[]> =>
      readableBoundsOf(cluster, this.name, this.#allPartitions());
    return this.#request('read the bounds', () => this.#connection.use(bounds));
  }

  knownBounds(): Promise<readonly (PartitionBounds | undefined)[]> {
    /* An election takes a moment. */
    const electedBy = performance.now() + Math.min(ELECTION, this.#retryTimeout / 2);
    const bounds = async (cluster: Cluster): Promise<(PartitionBounds | undefined)[]> => {
      const led = await ledPartitions(cluster, this.name);
      if (led.length < this.partitions && performance.now() < electedBy) throw noLeader();
      const known = await readableBoundsOf(cluster, this.name, led);
      return this.#allPartitions().map((partition) => known[led.indexOf(partition)]);
    };
    return this.#request('read the bounds', () => this.#connection.use(bounds));
  }

  removal(): Promise<string | undefined> {
    return this.#request('read the settings', () => removalNow(this.#context.access, this.name));
  }

  fragility(): Promise<string | undefined> {
    return this.#request('read the settings', () => fragilityNow(this.#context.access, this.name));
  }

  follow(options: FollowOptions): Promise<TopicFollower> {
    const { report } = this.#context;
    return follow(
      { connection: this.#openConnection(), topic: this.name, report, retryTimeout: this.#retryTimeout },
      options,
    );
  }

  join(options: GroupOptions): Promise<Membership> {
    return Promise.resolve(new Member(this.#groupContext(), options));
  }

  hold(group: string): Promise<HeldGroup | undefined> {
    return holdGroup(this.#groupContext(), { group, partitions: this.partitions });
  }

  commits(group: string): Promise<readonly (CommittedOffset | undefined)[]> {
    const coordinator = new Coordinator(this.#connection, group);
    return this.#request(`read the offsets of group ${group}`, () =>
      committedOffsets(coordinator, this.name, this.#allPartitions()),
    );
  }

  members(group: string): Promise<number> {
    const coordinator = new Coordinator(this.#connection, group);
    return this.#request(`read the members of group ${group}`, () => countMembers(coordinator));
  }

  async moveGroup(group: string, commits: readonly CommittedOffset[]): Promise<void> {
    const coordinator = new Coordinator(this.#connection, group);
    await this.#request(`move group ${group}`, () => commitWithoutMember(coordinator, this.name, commits));
  }

  async close(): Promise<void> {
    await this.#appender.drained();
    await this.#connection.close();
  }

  #allPartitions(): number[] {
    return Array.from({ length: this.partitions }, (_, partition) => partition);
  }

  #groupContext(): GroupContext {
    const { times, report } = this.#context;
    const connections = { connection: this.#openConnection(), leaveConnection: this.#openConnection() };
    return { ...connections, topic: this.name, times, report };
  }

  /** Separate connections for long requests, so that no append waits behind them. */
  #openConnection(): ClusterConnection {
    return new ClusterConnection(this.#context.access, this.name);
  }

  async #request<T>(doing: string, request: () => Promise<T>): Promise<T> {
    try {
      return await retryRequest(request, {
        doing: `cannot ${doing} of topic ${this.name}`,
        timeout: this.#retryTimeout,
      });
    } catch (error) {
      if (HAS_MEMBERS.has(protocolError(error) ?? '')) throw groupBusy(doing, error);
      throw error;
    }
  }
}

const groupBusy = (doing: string, cause: unknown): Fault =>
  new Fault('group_busy', `cannot ${doing}: it has members; stop the services that are its members first`, {
    cause,
  });
