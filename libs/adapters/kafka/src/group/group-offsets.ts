import type { Commit } from '@tributary/event-log';
import type { Coordinator } from './coordinator.ts';

/** Where a group stands in partitions of a topic; `undefined` where it has committed nothing. */
export async function committedOffsets(
  coordinator: Coordinator,
  topic: string,
  partitions: readonly number[],
): Promise<(Commit | undefined)[]> {
  const { responses } = await coordinator.request((broker) =>
    broker.offsetFetch({
      groupId: coordinator.group,
      topics: [{ topic, partitions: partitions.map((partition) => ({ partition })) }],
    }),
  );
  const answered = responses.find((response) => response.topic === topic)?.partitions ?? [];
  return partitions.map((partition) => {
    const stand = answered.find((answer) => answer.partition === partition);
    const offset = Number(stand?.offset ?? -1);
    return offset < 0 ? undefined : { offset, metadata: stand?.metadata ?? '' };
  });
}

/** How many members a group has; none where nobody knows it. */
export async function countMembers(coordinator: Coordinator): Promise<number> {
  const { groups } = await coordinator.request((broker) =>
    broker.describeGroups({ groupIds: [coordinator.group] }),
  );
  return groups.find(({ groupId }) => groupId === coordinator.group)?.members.length ?? 0;
}

/**
 * Commits for a group without members: the broker itself refuses it (UNKNOWN_MEMBER_ID) beside a member, so there is
 * no moment between looking and moving. kafkajs's own `setOffsets` joins as a member and drops the metadata.
 */
export async function commitWithoutMember(
  coordinator: Coordinator,
  topic: string,
  commits: readonly Commit[],
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
