import type { Cursor } from '../event-log.ts';
import { decodeCommitMetadata } from './commit-metadata.ts';

/** The name of the entry in the metadata of a commit. */
const PINNED = 'topic';

/** The cursors of a commit with the number of partitions that the topic has when it is made. */
export const withPin = (
  cursors: ReadonlyMap<string, Cursor>,
  { position, partitions }: { readonly position: Cursor['position']; readonly partitions: number },
): ReadonlyMap<string, Cursor> => new Map(cursors).set(PINNED, { position, state: { partitions } });

/** The number of partitions in the metadata of a commit; undefined where an earlier version wrote it. */
export function pinnedPartitions(metadata: string): number | undefined {
  const count = decodeCommitMetadata(metadata).get(PINNED)?.state?.['partitions'];
  return typeof count === 'number' ? count : undefined;
}
