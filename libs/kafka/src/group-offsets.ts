import type { Commit } from '@tributary/event-log';
import type { Cluster } from './client/cluster.ts';

/** Where a group stands in partitions of a topic; `undefined` where it has committed nothing. */
export async function committedOf(
  cluster: Cluster,
  group: string,
  topic: string,
  partitions: readonly number[],
): Promise<(Commit | undefined)[]> {
  const coordinator = await cluster.findGroupCoordinator({ groupId: group });
  const { responses } = await coordinator.offsetFetch({
    groupId: group,
    topics: [{ topic, partitions: partitions.map((partition) => ({ partition })) }],
  });
  const answered = responses.find((response) => response.topic === topic)?.partitions ?? [];
  return partitions.map((partition) => {
    const stand = answered.find((answer) => answer.partition === partition);
    const offset = Number(stand?.offset ?? -1);
    return offset < 0 ? undefined : { offset, metadata: stand?.metadata ?? '' };
  });
}

/**
 * Commits for a group without members: the broker itself refuses it (UNKNOWN_MEMBER_ID) beside a member, so there is
 * no moment between looking and moving. kafkajs's own `setOffsets` joins as a member and drops the metadata.
 */
export async function commitWithoutMember(
  cluster: Cluster,
  group: string,
  topic: string,
  commits: readonly Commit[],
): Promise<void> {
  const coordinator = await cluster.findGroupCoordinator({ groupId: group });
  await coordinator.offsetCommit({
    groupId: group,
    groupGenerationId: -1,
    memberId: '',
    topics: [
      {
        topic,
        partitions: commits.map(({ offset, metadata }, partition) => ({
          partition,
          offset: String(offset),
          metadata,
        })),
      },
    ],
  });
}
