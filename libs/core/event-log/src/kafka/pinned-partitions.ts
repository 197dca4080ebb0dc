import type { Cursor } from '../event-log.ts';
import { decodeCommitMetadata } from './commit-metadata.ts';

/** The name of the entry in the metadata of a commit. */
const PINNED = 'topic';

/** What a group says of its topic with each commit of a partition. */
type Pin = {
  /** Partitions that the topic has when the commit is made. */
  readonly partitions?: number | undefined;
  /** The number of the newest contract by which a member has read the partition. It never falls. */
  readonly contract?: number | undefined;
};

/** The cursors of a commit with what the group says of its topic, if anything. */
export function withPin(
  cursors: ReadonlyMap<string, Cursor>,
  { position, partitions, contract }: Pin & Pick<Cursor, 'position'>,
): ReadonlyMap<string, Cursor> {
  if (partitions === undefined && contract === undefined) return cursors;
  const state = {
    ...(partitions !== undefined && { partitions }),
    ...(contract !== undefined && { contract }),
  };
  return new Map(cursors).set(PINNED, { position, state });
}

/** The number of partitions in the metadata of a commit; undefined where an earlier version wrote it. */
export function pinnedPartitions(metadata: string): number | undefined {
  return pinIn(decodeCommitMetadata(metadata)).partitions;
}

/** The number of the contract in the metadata of a commit; undefined where an earlier version wrote it. */
export function pinnedContract(metadata: string): number | undefined {
  return pinIn(decodeCommitMetadata(metadata)).contract;
}

export function pinIn(cursors: ReadonlyMap<string, Cursor>): Pin {
  const { partitions, contract } = cursors.get(PINNED)?.state ?? {};
  return { partitions: numberOf(partitions), contract: numberOf(contract) };
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
