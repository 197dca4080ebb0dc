export type {
  Appended,
  Conflict,
  Cursor,
  Cursors,
  Divergence,
  EventLog,
  NewEvent,
  Omission,
  Receipt,
  RecordedEvent,
  Stored,
  Verification,
} from './event-log.ts';
export { digestBetween, DigestSum } from './event-digest.ts';
export type { LmdbLogOptions, LocalLog } from './lmdb-log.ts';
export { openLmdbLog } from './lmdb-log.ts';
export { withDeadline } from './deadline.ts';
export { FlushWatch } from './flush-watch.ts';
export { lmdbFileDamage } from './lmdb-file.ts';
export { allocateLock } from './lmdb-lock.ts';
export type { LmdbFile } from './open-lmdb.ts';
export { whileCommitsPause } from './while-commits-pause.ts';
export { openLmdb } from './open-lmdb.ts';
export { freeBytes } from './free-bytes.ts';
export { CommitCount } from './commit-count.ts';
export { hasNoRoom, lmdbWriteFault, requireRoom, requireRoomToOpen } from './write-fault.ts';
export { memoryLog } from './memory-log.ts';
export { isConflict } from './receipt.ts';
export type {
  PartitionBounds,
  PartitionAssignment,
  CommittedOffset,
  TopicFollower,
  FollowOptions,
  GroupOptions,
  HeldGroup,
  Membership,
  NewRecord,
  FetchRange,
  Topic,
  TopicRecord,
  UnreadableBatch,
} from './kafka/topic.ts';
export type { KnownEvent } from './kafka/in-flight-index.ts';
export { storedOf, withStored } from './kafka/partition-fault.ts';
export { openPartitionLog } from './kafka/partition-log.ts';
export type { PartitionLog, PartitionLogOptions, RejectedRecord } from './kafka/partition-log.ts';
export { pinnedContract, pinnedPartitions, withPin } from './kafka/pinned-partitions.ts';
export { copyTopic } from './kafka/copy-topic.ts';
export { recordsByTime } from './kafka/records-by-time.ts';
export type { Copied } from './kafka/copy-topic.ts';
export type { VersionOf } from './stated-versions.ts';
export { decodeCommitMetadata } from './kafka/commit-metadata.ts';
export { openKafkaLog } from './kafka/kafka-log.ts';
export { recordBytes } from './kafka/record-size.ts';
export type { KafkaEventLog, KafkaLogOptions } from './kafka/kafka-log.ts';
export type { ReadRecord, RecordFormat } from './kafka/record-format.ts';
