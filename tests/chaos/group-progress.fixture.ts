import { setTimeout as pause } from 'node:timers/promises';
import { eventPosition, parseEventPosition } from '@tributary/kernel';
import { decodeCommitMetadata } from '@tributary/event-log';
import type { Topic } from '@tributary/event-log';

/** A batch that a group has planned and not completed: positions after `from`, up to `to`. */
export type PendingBatch = { readonly partition: number; readonly from: number; readonly to: number };

/** Batches whose rows may be in the tables, by the commits of the group. */
export async function pendingBatches(topic: Topic, group: string): Promise<PendingBatch[]> {
  const commits = await topic.commits(group);
  return commits.flatMap((commit, partition) => {
    const planned = commit && decodeCommitMetadata(commit.metadata).get('tables')?.planned;
    const from = eventPosition(partition, commit?.offset ?? 0);
    return planned && parseEventPosition(planned.to) > from
      ? [{ partition, from, to: parseEventPosition(planned.to) }]
      : [];
  });
}

/** Resolves when the tables of a group hold every record of the topic; throws after so many seconds without progress. */
export async function projected(topic: Topic, group: string, seconds = 120): Promise<void> {
  let least = Infinity;
  for (let until = performance.now() + seconds * 1000; ; await pause(50)) {
    const [bounds, commits] = [await topic.bounds(), await topic.commits(group)];
    const left = bounds.map(({ end }, partition) => end - (commits[partition]?.offset ?? 0));
    const total = left.reduce((sum, records) => sum + records, 0);
    if (total === 0) return;
    if (total < least) until = performance.now() + seconds * 1000;
    least = Math.min(least, total);
    if (performance.now() > until)
      throw new Error(
        `group ${group} lacks ${left.join(', ')} records of ${topic.name}, and has not moved for ${seconds} s`,
      );
  }
}

export async function recordsIn(topic: Topic): Promise<number> {
  return (await topic.bounds()).reduce((sum, { end }) => sum + end, 0);
}

/** Records before the committed offsets of a group. */
export async function recordsCompleted(topic: Topic, group: string): Promise<number> {
  return (await topic.commits(group)).reduce((sum, commit) => sum + (commit?.offset ?? 0), 0);
}
