import type { FactCatalogue } from '@tributary/contracts';
import { limitedChunks } from './chunks.ts';
import type { FactCollector } from './fact-collector.ts';
import type { Origin } from './imported-event.ts';

export type Member = FactCatalogue['corpus.members.listed']['members'][number];

/** The byte limit is well below the size limit of a telemetry event, however long the names are. */
const LIMITS = { items: 5000, bytes: 384 * 1024, separator: 0 };

/** Lists the members of a snapshot in order, in as many facts as they need. */
export function addMembers(
  collector: FactCollector,
  origin: Origin,
  snapshotId: string,
  members: readonly Member[],
): void {
  let firstIndex = 0;
  for (const chunk of limitedChunks(members, LIMITS)) {
    const data = { snapshotId, firstIndex, members: chunk };
    collector.add(origin, `${snapshotId}|${firstIndex}`, { type: 'corpus.members.listed', data });
    firstIndex += chunk.length;
  }
}
