import { numberInPartition } from '@tributary/kernel';
import { lastPlace } from '@tributary/projection';
import type { Rebuilding } from './rebuilding.ts';
import { reachOf, standsOf } from './stand.ts';
import type { Stand } from './stand.ts';

/** How far the tables beside are to be filled: as far as the live group stands, and at least up to the floor. */
export const targetsOf = (live: readonly Stand[], floor: readonly number[]): number[] =>
  live.map(({ offset }, partition) => Math.max(offset, floor[partition] ?? 0));

/**
 * What the live tables hold beyond all that their group has planned, by partition; 0 where it has planned everything.
 * They do where the group's offsets were lost, and then no projector moves them.
 */
export async function floorOf({ topic, groups, shadow }: Rebuilding): Promise<number[]> {
  const held: number[] = [];
  for (let partition = 0; partition < topic.partitions; partition += 1)
    held.push(numberInPartition(await lastPlace(shadow.live, partition)));
  /* Looked at after the tables: what they hold was planned before. */
  const live = standsOf(await topic.commits(groups.live));
  return held.map((offset, partition) => {
    const stand = live[partition];
    return stand && reachOf(stand) >= offset ? 0 : offset;
  });
}
