import { eventPosition, formatEventPosition, numberInPartition, parseEventPosition } from '@tributary/kernel';
import { decodeCommitMetadata } from '@tributary/event-log';
import type { CommittedOffset, Cursor } from '@tributary/event-log';
import { CURSOR, versionOf } from '@tributary/projection';

/** Where a group stands in a partition, and what it has left there. */
export type Stand = { readonly offset: number; readonly cursors: ReadonlyMap<string, Cursor> };

export const standsOf = (commits: readonly (CommittedOffset | undefined)[]): Stand[] =>
  commits.map((commit) => ({
    offset: commit?.offset ?? 0,
    cursors: decodeCommitMetadata(commit?.metadata ?? ''),
  }));

export const commitsOf = (stands: readonly Stand[]): CommittedOffset[] =>
  stands.map(({ offset, cursors }) => ({ offset, metadata: JSON.stringify([...cursors]) }));

export const offsetsOf = (stands: readonly Stand[]): number[] => stands.map(({ offset }) => offset);

/** The offset behind everything that may be in the tables: a range that was planned may be. */
export function reachOf({ offset, cursors }: Stand): number {
  const { planned } = cursors.get(CURSOR) ?? {};
  return planned ? Math.max(offset, numberInPartition(parseEventPosition(planned.to))) : offset;
}

/** Whether the tables hold exactly what lies before these offsets. */
export const isAt = (stands: readonly Stand[], offsets: readonly number[]): boolean =>
  stands.every(
    (stand, partition) => stand.offset === offsets[partition] && reachOf(stand) === offsets[partition],
  );

/** Versions that made the tables, as far as anything says so. */
export const versionsOf = (stands: readonly Stand[]): string[] => [
  ...new Set(
    stands.flatMap(({ cursors }) => {
      const cursor = cursors.get(CURSOR);
      return cursor ? [versionOf(cursor)] : [];
    }),
  ),
];

/** A cursor that keeps a text at an offset. */
export function keeping(text: string, partition: number, offset: number): Cursor {
  const position = formatEventPosition(eventPosition(partition, offset));
  return { position, planned: { from: position, to: position, token: text } };
}

export const kept = ({ cursors }: Stand, name: string): string | undefined =>
  cursors.get(name)?.planned?.token;
