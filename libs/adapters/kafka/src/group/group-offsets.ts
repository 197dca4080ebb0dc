import type { CommittedOffset } from '@tributary/event-log';
import type { Coordinator } from './coordinator.ts';

/** The last commit of a group for each of the partitions; undefined if there is none. */
export async function committedOffsets(
  coordinator: Coordinator,
  topic: string,
  partitions: readonly number[],
): Promise<(CommittedOffset | undefined)[]> {
  const { responses } = await coordinator.request((broker) =>
    broker.offsetFetch({
      groupId: coordinator.group,
      topics: [{ topic, partitions: partitions.map((partition) => ({ partition })) }],
    }),
  );
  const answered = responses.find((response) => response.topic === topic)?.partitions ?? [];
  return partitions.map((partition) => {
    const commit = answered.find((answer) => answer.partition === partition);
    const offset = Number(commit?.offset ?? -1);
    return offset < 0 ? undefined : { offset, metadata: commit?.metadata ?? '' };
  });
}

/** The number of members of a group; 0 for an unknown group. */
export async function countMembers(coordinator: Coordinator): Promise<number> {
  const { groups } = await coordinator.request((broker) =>
    broker.describeGroups({ groupIds: [coordinator.group] }),
  );
  return groups.find(({ groupId }) => groupId === coordinator.group)?.members.length ?? 0;
}

/**
 * Commits for a group without members. The broker itself refuses it if there is a member (UNKNOWN_MEMBER_ID), so there
 * is no race between a check and the commit. kafkajs's `setOffsets` joins as a member and drops the metadata.
 */
export async function commitWithoutMember(
  coordinator: Coordinator,
  topic: string,
  commits: readonly CommittedOffset[],
): Promise<void> {
  const partitions = commits.map(({ offset, metadata }, partition) => ({
    partition,
    offset: String(offset),
    metadata,
  }));
  await coordinator.request((broker) =>
    broker.offsetCommit({
      groupId: coordinator.group,
      groupGenerationId: -1,
      memberId: '',
      topics: [{ topic, partitions }],
    }),
  );
}
