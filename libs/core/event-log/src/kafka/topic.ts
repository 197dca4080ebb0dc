/** A record as a broker keeps it. */
export type TopicRecord = {
  readonly partition: number;
  /** 0, 1, 2… within the partition; a topic that transactions write to may leave some out. */
  readonly offset: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** Names as they were sent, in order; a name may stand twice. */
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
  /** Milliseconds since 1970, as the topic keeps time: the producer's or the broker's. */
  readonly timestamp: number;
};

export type NewRecord = Pick<TopicRecord, 'partition' | 'headers'> & {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
};

/** What a broker still holds of a partition: offsets from `first` up to, without, `end`. */
export type PartitionBounds = { readonly first: number; readonly end: number };

/** Where a group stands in a partition: the next offset that it wants, and the text it left with it. */
export type CommittedOffset = { readonly offset: number; readonly metadata: string };

export type FetchRange = {
  readonly from: number;
  readonly limit: number;
  readonly maxBytes: number;
};

/** The right to work on a partition for a group, until the group gives it to somebody else. */
export type PartitionAssignment = {
  readonly partition: number;
  /** Absent before the first commit of the group. */
  readonly committed: CommittedOffset | undefined;
  /** Aborts when the claim is lost or given back. From then on `commit` rejects, and nothing of it reaches the broker. */
  readonly lost: AbortSignal;
  /** Records from an offset on that have arrived, at least one of them however large; none where none has arrived. */
  read(range: FetchRange): Promise<TopicRecord[]>;
  /** Resolves when a record at or after an offset has arrived; rejects with the signal's reason, or when the claim is lost. */
  waitForRecord(from: number, signal?: AbortSignal): Promise<void>;
  /** The end of the partition as the broker last told it. */
  end(): number;
  /** Throws Fault `partition_lost` once the claim is lost, also where that happens on the way. */
  commit(commit: CommittedOffset): Promise<void>;
};

/** A member of a group that shares the partitions of a topic. */
export type Membership = {
  /** Partitions worked on at present. */
  assignments(): readonly number[];
  /** Bytes of records that have arrived and are not read yet, of all partitions. */
  queuedBytes(): number;
  /** Partitions whose fetching rests until their queue is shorter. */
  paused(): readonly number[];
  /** What keeps it from its work at present, if anything: a broker out of reach, a group that refuses it. */
  fault(): unknown;
  /** Gives its claims back, waits for their work to end, and leaves the group. */
  leave(): Promise<void>;
};

export type GroupOptions = {
  readonly group: string;
  /** Fetching of a partition rests above its share of this. */
  readonly queueBytes: number;
  /** Works on a partition until its claim is lost; a rejection is kept as the fault, and the claim is worked on again after a pause. */
  readonly work: (claim: PartitionAssignment) => Promise<void>;
};

/** Follows all partitions by itself, without a group's commits. */
export type TopicFollower = {
  fault(): unknown;
  stop(): Promise<void>;
};

export type FollowOptions = {
  /** The first offset wanted, by partition. */
  readonly from: readonly number[];
  /** Takes what has arrived in order; the next of the partition comes when it has resolved. A rejection is kept as the fault and tried again. */
  readonly take: (arrived: {
    readonly partition: number;
    readonly records: readonly TopicRecord[];
    readonly end: number;
  }) => Promise<void>;
};

/**
 * A topic of a broker, as the log needs it. Faults: `broker_unreachable` (may be tried again), `broker_refused`
 * (credentials, rights or settings), `wrong_cluster`, `topic_missing`, `record_too_large`.
 */
export type Topic = {
  readonly name: string;
  readonly clusterId: string;
  readonly partitions: number;
  /**
   * Writes records so that those of one partition keep their order, each once where nothing fails; resolves with their
   * offsets when every replica in sync holds all of them. Where it rejects, some may have been written, even twice.
   */
  append(records: readonly NewRecord[]): Promise<readonly number[]>;
  bounds(): Promise<readonly PartitionBounds[]>;
  follow(options: FollowOptions): Promise<TopicFollower>;
  join(options: GroupOptions): Promise<Membership>;
  /** By partition; absent where the group has committed nothing. */
  commits(group: string): Promise<readonly (CommittedOffset | undefined)[]>;
  /** How many members a group has. One that died counts until its session is over. */
  members(group: string): Promise<number>;
  /** Moves a group that has no members. Throws Fault `group_busy` beside a member. */
  moveGroup(group: string, commits: readonly CommittedOffset[]): Promise<void>;
  close(): Promise<void>;
};
