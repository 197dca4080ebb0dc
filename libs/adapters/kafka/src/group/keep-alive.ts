import { instantNow } from '@tributary/kernel';
import type { Fault } from '@tributary/kernel';
import { brokerFault, protocolError } from '../client/broker-fault.ts';
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
  for (;;) {
    await pause(times.heartbeat, generation.lost);
    if (generation.lost.aborted) return false;
    try {
      await sendHeartbeat(coordinator, generation);
      onAnswer();
    } catch (error) {
      if (generation.lost.aborted) return UNKNOWN_MEMBER.has(protocolError(error) ?? '');
      if (!onError(error).retryable) {
        generation.lose('the broker refuses the member');
        throw error;
      }
      generation.checkLease();
    }
  }
}

/**
 * Asks the broker once whether a generation is still the one of its group. Throws Fault `partition_lost` where it is not,
 * and those of `brokerFault` where that is not known.
 */
export async function confirmLease(coordinator: Coordinator, generation: Generation): Promise<void> {
  try {
    await sendHeartbeat(coordinator, generation);
  } catch (error) {
    generation.lost.throwIfAborted();
    throw brokerFault(
      error,
      `cannot ask whether its partitions are still those of this process, group ${coordinator.group}`,
    );
  }
}

/** Its answer renews the lease, and a refusal loses the generation. Throws kafkajs's error. */
async function sendHeartbeat(coordinator: Coordinator, generation: Generation): Promise<void> {
  const sent = instantNow();
  const heartbeat = {
    groupId: coordinator.group,
    groupGenerationId: generation.id,
    memberId: generation.memberId,
  };
  try {
    await coordinator.request((broker) => broker.heartbeat(heartbeat));
  } catch (error) {
    const refusal = protocolError(error) ?? '';
    if (UNKNOWN_MEMBER.has(refusal) || REBALANCED.has(refusal))
      generation.lose(`the group has a newer generation (${refusal})`);
    throw error;
  }
  generation.renewLease(sent);
}
