import { pinnedPartitions } from '@tributary/event-log';
import type { Topic } from '@tributary/event-log';
import { Fault } from '@tributary/kernel';

/**
 * A key belongs to another partition once there are more of them, so events that were acknowledged would be refused where
 * they are, and be missing. Throws Fault `partitions_changed`.
 */
export function requirePinned(
  { name, partitions }: Pick<Topic, 'name' | 'partitions'>,
  commits: Awaited<ReturnType<Topic['commits']>>,
): void {
  const pinned = commits.flatMap((commit) => pinnedPartitions(commit?.metadata ?? '') ?? []);
  const before = pinned.find((count) => count !== partitions);
  if (before === undefined) return;
  throw new Fault(
    'partitions_changed',
    `${name} had ${before} partitions when its group last committed and has ${partitions}: streams would change their partition, and facts that were acknowledged would be missing. ${wayOut(name, partitions)}`,
  );
}

/** Notices partitions that are added while the process runs. */
export function watchPartitions(
  topic: Pick<Topic, 'name' | 'partitions' | 'currentPartitions'>,
  onAdded: (text: string) => void = () => undefined,
): { look(): Promise<void>; shortfall(): string | undefined } {
  let shortfall: string | undefined;
  return {
    async look() {
      if (shortfall !== undefined) return;
      const now = await topic.currentPartitions();
      if (now <= topic.partitions) return;
      shortfall = partitionsAdded(topic, now);
      onAdded(shortfall);
    },
    /** Why answers may lack records; undefined where no partitions were added. */
    shortfall: () => shortfall,
  };
}

/** Kafka removes no partitions. */
const wayOut = (topic: string, partitions: number): string =>
  `Copy it: \`node dist/ingest.js copy ${topic}-2 --partitions ${partitions}\`; docs/guides/partitions.md has the steps`;

/** Processes that run go on with the partitions that they know, where all that they acknowledge is. */
const partitionsAdded = ({ name, partitions }: Pick<Topic, 'name' | 'partitions'>, now: number): string =>
  `partitions were added to ${name}, which had ${partitions}: records that other producers write by the new number are not read. ${wayOut(name, now)}`;
