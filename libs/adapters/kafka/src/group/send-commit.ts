import type { Commit } from '@tributary/event-log';
import { protocolError } from '../client/broker-fault.ts';
import { retryRequest } from '../client/retry-request.ts';
import type { Coordinator } from './coordinator.ts';
import type { Generation } from './generation.ts';

/** How the broker refuses a commit of a generation that is over. */
const STALE_GENERATION = new Set([
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'FENCED_INSTANCE_ID',
]);

/**
 * Commits in the name of one generation, which is part of the request: the broker itself refuses it once the group has
 * gone on. It is sent again only where the broker has said that it did not take it. Without an answer the generation is
 * given up as unsure, because the commit may still arrive there after a later one.
 */
export async function sendCommit(
  coordinator: Coordinator,
  { topic, generation, patience }: { topic: string; generation: Generation; patience: number },
  { partition, commit }: { partition: number; commit: Commit },
): Promise<void> {
  const send = async (): Promise<void> => {
    const tried = { sent: false };
    try {
      await coordinator.request((broker) => {
        generation.lost.throwIfAborted();
        tried.sent = true;
        return broker.offsetCommit({
          groupId: coordinator.group,
          groupGenerationId: generation.id,
          memberId: generation.memberId,
          topics: [
            {
              topic,
              partitions: [{ partition, offset: String(commit.offset), metadata: commit.metadata }],
            },
          ],
        });
      });
    } catch (error) {
      generation.lost.throwIfAborted();
      const refusal = protocolError(error);
      if (refusal !== undefined && STALE_GENERATION.has(refusal))
        generation.lose(`the group has gone on (${refusal})`);
      else if (tried.sent && refusal === undefined)
        generation.loseWithUnansweredCommit('a commit was not answered');
      generation.lost.throwIfAborted();
      throw error;
    }
  };
  const doing = `cannot commit offset ${commit.offset} of partition ${partition} for group ${coordinator.group}`;
  await retryRequest(send, { doing, timeout: patience, signal: generation.lost });
}
