import type { Cursor } from '../event-log.ts';
import { decodeCommitMetadata } from './commit-metadata.ts';

/** The name of the entry in the metadata of a commit. */
export const PINNED = 'topic';

/** The number of partitions that the topic had when a partition was committed, kept with its cursors. */
export const pinOf = (position: Cursor['position'], partitions: number): Cursor => ({
  position,
  state: { partitions },
});

/** The number of partitions in the metadata of a commit; undefined where an earlier version wrote it. */
export function pinnedPartitions(metadata: string): number | undefined {
  const count = decodeCommitMetadata(metadata).get(PINNED)?.state?.['partitions'];
  return typeof count === 'number' ? count : undefined;
}
