import { eventPosition, formatEventPosition, numberInPartition, parseEventPosition } from '@tributary/kernel';
import { decodeCommitMetadata, pinnedContract, withPin } from '@tributary/event-log';
import type { CommittedOffset } from '@tributary/event-log';
import { cursorsOf, reachOf, statesIn, versionOf } from '@tributary/projection';
import type { Offsets, PartitionStates } from '@tributary/projection';

/** What a group has committed in a partition: its offset, and the states kept with it. */
export type GroupCheckpoint = {
  readonly offset: number;
  readonly states: PartitionStates;
  /** The newest contract by which it was read. Processes that accept facts wait where it falls. */
  readonly contract?: number | undefined;
};

/** Reads commits, by partition. Throws Fault `projector_state_unknown`. */
export const checkpointsOf = (commits: readonly (CommittedOffset | undefined)[]): GroupCheckpoint[] =>
  commits.map((commit) => ({
    offset: commit?.offset ?? 0,
    states: statesIn(decodeCommitMetadata(commit?.metadata ?? '')),
    contract: pinnedContract(commit?.metadata ?? ''),
  }));

/** Commits that keep the checkpoints, and the number of partitions. */
export const commitsOf = (checkpoints: readonly GroupCheckpoint[]): CommittedOffset[] =>
  checkpoints.map(({ offset, states, contract }, partition) => {
    const position = formatEventPosition(eventPosition(partition, offset));
    const cursors = withPin(cursorsOf(states), { position, partitions: checkpoints.length, contract });
    return { offset, metadata: JSON.stringify([...cursors]) };
  });

export const offsetsOf = (checkpoints: readonly GroupCheckpoint[]): number[] =>
  checkpoints.map(({ offset }) => offset);

/** The offset behind everything that may be in the tables: a planned batch may be. */
export function reachedOffset({ offset, states: { tables } }: GroupCheckpoint): number {
  return tables ? Math.max(offset, numberInPartition(parseEventPosition(reachOf(tables)))) : offset;
}

/** Whether no batch is planned beyond the offsets. */
export const isSettled = (checkpoints: readonly GroupCheckpoint[]): boolean =>
  checkpoints.every((checkpoint) => reachedOffset(checkpoint) === checkpoint.offset);

/** Whether the tables hold exactly what lies before these offsets. */
export const isAt = (checkpoints: readonly GroupCheckpoint[], offsets: Offsets): boolean =>
  isSettled(checkpoints) && checkpoints.every(({ offset }, partition) => offset === offsets[partition]);

/** Whether a rebuild exchanges the tables of the group. */
export const isExchanging = (checkpoints: readonly GroupCheckpoint[]): boolean =>
  checkpoints.some(({ states }) => states.exchange?.kind === 'exchange');

/** Versions that filled the tables, as far as known; undefined where they are being exchanged. */
export const versionsOf = (checkpoints: readonly GroupCheckpoint[]): (string | undefined)[] =>
  checkpoints.flatMap(({ states: { tables } }) => (tables ? [versionOf(tables)] : []));
