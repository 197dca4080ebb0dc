/**
 * A batch whose checksum is right and whose content no reader can decode: it was written like this, and reading it again
 * changes nothing.
 */
export type UnreadableBatch = {
  /** The offset of its first record. */
  readonly first: number;
  /** As the broker keeps it. */
  readonly bytes: Uint8Array;
  readonly reason: string;
};

/** A record as a broker stores it. */
export type TopicRecord = {
  readonly partition: number;
  /** 0, 1, 2… within the partition. A topic with transactions leaves some out. */
  readonly offset: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  /** In the order of the producer; a name may occur twice. */
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
  /** Milliseconds since 1970, of the producer or of the broker, as the topic is configured. */
  readonly timestamp: number;
  /** Set for the last offset of a batch that cannot be read. It stands for all of them, and has neither key nor value. */
  readonly unreadable?: UnreadableBatch;
};

/** A record to write. */
export type NewRecord = Pick<TopicRecord, 'partition' | 'headers'> & {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
  /** Milliseconds since 1970; the time of the write where absent. */
  readonly timestamp?: number;
  /**
   * Records of one append with the same number and partition are written in one batch if they fit into one: the topic has
   * all of them or none, wherever the writer dies.
   */
  readonly request?: number;
};

/** Offsets of a partition that the broker still has: from `first` up to, without, `end`. */
export type PartitionBounds = { readonly first: number; readonly end: number };

/** The committed offset of a group in a partition: the next offset to read, and the text that was committed with it. */
export type CommittedOffset = { readonly offset: number; readonly metadata: string };

/** Records from an offset on: at most `limit`, and `maxBytes` together. */
export type FetchRange = {
  readonly from: number;
  readonly limit: number;
  readonly maxBytes: number;
};

/** A partition that a group has assigned to this member, until a rebalance revokes it. */
export type PartitionAssignment = {
  readonly partition: number;
  /** Undefined before the first commit of the group. */
  readonly committed: CommittedOffset | undefined;
  /** Aborts when the partition is revoked or given back. From then on `commit` rejects and sends nothing. */
  readonly lost: AbortSignal;
  /**
   * Throws the reason of `lost`. Before that it aborts `lost` where no heartbeat was answered for a session, as after a
   * pause of the process: the broker may have assigned the partition to another member.
   */
  checkLease(): void;
  /**
   * Throws the reason of `lost`, as the broker says now; the Faults of `Topic` where it does not answer. For a machine whose
   * clocks stood still too, such as a suspended one.
   */
  confirmLease(): Promise<void>;
  /** Fetched records from an offset on, at least one where one was fetched, however large. */
  read(range: FetchRange): Promise<TopicRecord[]>;
  /** Resolves when a record at or after an offset was fetched. Rejects with the signal's reason, or once `lost` aborts. */
  waitForRecord(from: number, signal?: AbortSignal): Promise<void>;
  /** The end of the partition in the last answer of the broker. */
  end(): number;
  /** Where the partition begins, while the broker says that it does not hold the offset that is read; otherwise undefined. */
  first(): number | undefined;
  /** How often reading was interrupted since the partition was assigned: it may be another topic's by then. */
  interruptions(): number;
  /** Throws Fault `partition_lost` where the partition is revoked before or during the commit. */
  commit(commit: CommittedOffset): Promise<void>;
};

/** A member of a group that shares the partitions of a topic. */
export type Membership = {
  /** Partitions that are worked on at present. */
  assignments(): readonly number[];
  /** Partitions of the present generation, also those whose work has failed; empty while the group rebalances. */
  assigned(): readonly number[];
  /** Bytes of fetched records that are not read yet, of all partitions. */
  queuedBytes(): number;
  /** Partitions whose fetching is paused until their queue is shorter. */
  paused(): readonly number[];
  /** Why it cannot work at present, such as an unreachable broker or a refusal of the group; undefined where it can. */
  fault(): unknown;
  /** The fault of each assigned partition, where the work on all of them has failed; otherwise empty. */
  stopped(): readonly unknown[];
  /** Gives its partitions back, waits for their work to end, and leaves the group. */
  leave(): Promise<void>;
};

/**
 * A group whose partitions are all assigned to this process, until the group rebalances: nobody else works on any of them,
 * and nobody else's commit is accepted.
 */
export type HeldGroup = {
  /** Aborts when the group has another generation, as when another member joins or the broker forgets this one. */
  readonly lost: AbortSignal;
  /** Commits an offset for each partition, in one request. Throws Fault `partition_lost` where the group is held no longer. */
  move(commits: readonly CommittedOffset[]): Promise<void>;
  /** Gives the partitions back to the other members. */
  release(): Promise<void>;
};

export type GroupOptions = {
  readonly group: string;
  /** Bytes of fetched records. Fetching of a partition pauses above its share of them. */
  readonly queueBytes: number;
  /** Works on a partition until it is lost. A rejection becomes the `fault`, and work starts again after a pause. */
  readonly work: (assignment: PartitionAssignment) => Promise<void>;
};

/** Reads all partitions, without a group. */
export type TopicFollower = {
  fault(): unknown;
  /** Fault `offset_out_of_range` while the broker does not hold what follows the records that were read; otherwise undefined. */
  lost(): unknown;
  /**
   * Resolves once the last record of a partition that was read has been compared with what the topic holds now
   * (`FollowOptions.resume`), if reading was interrupted since. Rejects with the signal's reason, or why they cannot be compared.
   */
  recognised(partition: number, signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
};

export type FollowOptions = {
  /** The first offset to read, by partition. */
  readonly from: readonly number[];
  /**
   * Called with fetched records, in order. The next records of the partition follow once it has resolved. A rejection
   * becomes the `fault`, and the call is repeated.
   */
  readonly take: (fetched: {
    readonly partition: number;
    readonly records: readonly TopicRecord[];
    readonly end: number;
  }) => Promise<void>;
  /**
   * Called wherever reading was interrupted, before more records are taken, with the last record that was taken, or the
   * first after it if the broker has that no more. The topic may be another one by then. A rejection becomes the `fault`,
   * and the call is repeated. Not called where the partition begins right after the last record that was taken: nothing is
   * left to compare.
   */
  readonly resume?: (record: TopicRecord) => Promise<void>;
};

/**
 * A topic of a broker, as the log needs it. Faults: `broker_unreachable` (retryable), `broker_refused` (credentials,
 * rights or settings), `wrong_cluster`, `topic_missing`, `record_too_large`.
 */
export type Topic = {
  readonly name: string;
  readonly clusterId: string;
  readonly partitions: number;
  /** The largest record by `recordBytes`; Infinity where only the broker can tell, as of compressed records. */
  readonly maxRecordBytes: number;
  /**
   * Writes records. Those of one partition keep their order, and each is written once if nothing fails. Resolves with
   * their offsets when all in-sync replicas have them. When it rejects, some may have been written, even twice; none where
   * one is larger than `maxRecordBytes`.
   */
  append(records: readonly NewRecord[]): Promise<readonly number[]>;
  /** The partitions that it has now: an operator may have added some since it was opened. */
  currentPartitions(): Promise<number>;
  /** By partition. */
  bounds(): Promise<readonly PartitionBounds[]>;
  /** Like `bounds`; undefined for a partition that has had no leader for some seconds. */
  knownBounds(): Promise<readonly (PartitionBounds | undefined)[]>;
  /** By which settings the brokers remove records at present, and how that is ended; undefined where they are not known to. */
  removal(): Promise<string | undefined>;
  /**
   * The settings by which a record that was confirmed may be on one disk alone although the topic has several replicas, with
   * the command that ends it; undefined where it has none, and of a topic with one replica.
   */
  fragility(): Promise<string | undefined>;
  follow(options: FollowOptions): Promise<TopicFollower>;
  join(options: GroupOptions): Promise<Membership>;
  /**
   * Takes all partitions of a group from its other members, which wait without work until they are given back. Resolves
   * with undefined where a member of an earlier version assigns them, which does not know of this, or where another process
   * holds them.
   */
  hold(group: string): Promise<HeldGroup | undefined>;
  /** By partition; undefined where the group has committed nothing. */
  commits(group: string): Promise<readonly (CommittedOffset | undefined)[]>;
  /** The number of members of a group. One that was killed counts until its session times out. */
  members(group: string): Promise<number>;
  /** Commits offsets for a group without members. Throws Fault `group_busy` where it has one. */
  moveGroup(group: string, commits: readonly CommittedOffset[]): Promise<void>;
  close(): Promise<void>;
};
