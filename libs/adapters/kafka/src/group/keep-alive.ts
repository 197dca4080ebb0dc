import type { Fault } from '@tributary/kernel';
import { protocolError } from '../client/broker-fault.ts';
import { pause } from '../fetch/condition-variable.ts';
import type { Coordinator, GroupTimes } from './coordinator.ts';
import type { Generation } from './generation.ts';

/** The group rebalances or has a newer generation; the member is still known. */
export const REBALANCED = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION']);
/** The group no longer knows the member. */
export const UNKNOWN_MEMBER = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);

/**
 * Sends heartbeats until the generation is lost. Resolves with whether the group no longer knows the member. Throws
 * kafkajs's error if the broker refuses the member. It has its own timer, so fetching and work delay no heartbeat.
 */
export async function keepAlive(
  coordinator: Coordinator,
  options: {
    readonly generation: Generation;
    readonly times: GroupTimes;
    /** Called after a heartbeat without an answer. */
    readonly onError: (error: unknown) => Fault;
    /** Called after a heartbeat that was answered. */
    readonly onAnswer: () => void;
  },
): Promise<boolean> {
  const { generation, times, onError, onAnswer } = options;
  const heartbeat = {
    groupId: coordinator.group,
    groupGenerationId: generation.id,
    memberId: generation.memberId,
  };
  for (;;) {
    await pause(times.heartbeat, generation.lost);
    if (generation.lost.aborted) return false;
    try {
      const sent = performance.now();
      await coordinator.request((broker) => broker.heartbeat(heartbeat));
      generation.renewLease(sent + times.session);
      onAnswer();
    } catch (error) {
      const refusal = protocolError(error) ?? '';
      const isUnknown = UNKNOWN_MEMBER.has(refusal);
      if (isUnknown || REBALANCED.has(refusal)) {
        generation.lose(`the group has a newer generation (${refusal})`);
        return isUnknown;
      }
      if (!onError(error).retryable) {
        generation.lose('the broker refuses the member');
        throw error;
      }
      generation.checkLease();
    }
  }
}
