import type { CommittedOffset } from '@tributary/event-log';
import { protocolError, retryRequest } from '../client/broker-fault.ts';
import type { Coordinator } from './coordinator.ts';
import type { Generation } from './generation.ts';

/** How a broker refuses a commit of an old generation. */
const STALE_GENERATION = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
]);

/** What is committed in a partition. */
export type PartitionCommit = { readonly partition: number; readonly commit: CommittedOffset };

/**
 * Commits offsets in one request with the id of one generation, so the broker itself refuses it once there is a newer one. It is
 * retried only if the broker answered that it did not accept it. Without an answer the generation is lost, because the
 * commit may still arrive after a later one. Throws Fault `partition_lost` and those of `retryRequest`.
 */
export async function sendCommits(
  coordinator: Coordinator,
  { topic, generation, timeout }: { topic: string; generation: Generation; timeout: number },
  commits: readonly PartitionCommit[],
): Promise<void> {
  const partitions = commits.map(({ partition, commit: { offset, metadata } }) => ({
    partition,
    offset: String(offset),
    metadata,
  }));
  const send = async (): Promise<void> => {
    let wasSent = false;
    try {
      await coordinator.request((broker) => {
        generation.lost.throwIfAborted();
        wasSent = true;
        return broker.offsetCommit({
          groupId: coordinator.group,
          groupGenerationId: generation.id,
          memberId: generation.memberId,
          topics: [{ topic, partitions }],
        });
      });
    } catch (error) {
      generation.lost.throwIfAborted();
      const refusal = protocolError(error);
      if (refusal !== undefined && STALE_GENERATION.has(refusal))
        generation.lose(`the group has a newer generation (${refusal})`);
      else if (wasSent && refusal === undefined)
        generation.loseWithUnansweredCommit('a commit was not answered');
      generation.lost.throwIfAborted();
      throw error;
    }
  };
  const named = commits.map(({ partition, commit }) => `offset ${commit.offset} of partition ${partition}`);
  const doing = `cannot commit ${named.join(', ')} for group ${coordinator.group}`;
  await retryRequest(send, { doing, timeout, signal: generation.lost });
}
