import type { Fault } from '@tributary/kernel';
import { protocolError } from '../client/broker-fault.ts';
import { pause } from '../fetch/condition-variable.ts';
import type { Coordinator } from './coordinator.ts';
import type { Generation } from './generation.ts';
import type { GroupTimes } from './group-place.ts';

/** The group goes on without this generation; the member is still known. */
export const REBALANCED = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION']);
/** The group does not know the member any more. */
export const UNKNOWN_MEMBER = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);

/**
 * Beats until the generation is lost, and tells whether the member was forgotten. Rejects where the broker does not
 * want the member at all. The timer is its own, so that neither fetching nor work holds a beat up.
 */
export async function keepAlive(
  coordinator: Coordinator,
  beating: {
    readonly generation: Generation;
    readonly times: GroupTimes;
    readonly notice: (error: unknown) => Fault;
    readonly heard: () => void;
  },
): Promise<boolean> {
  const { generation, times, notice } = beating;
  const beat = {
    groupId: coordinator.group,
    groupGenerationId: generation.id,
    memberId: generation.memberId,
  };
  let heard = Date.now();
  for (;;) {
    await pause(times.heartbeat, generation.lost);
    if (generation.lost.aborted) return false;
    try {
      await coordinator.request((broker) => broker.heartbeat(beat));
      heard = Date.now();
      beating.heard();
    } catch (error) {
      const refusal = protocolError(error) ?? '';
      const forgotten = UNKNOWN_MEMBER.has(refusal);
      if (forgotten || REBALANCED.has(refusal)) {
        generation.lose(`the group has gone on (${refusal})`);
        return forgotten;
      }
      if (!notice(error).retryable) {
        generation.lose('the broker refuses the member');
        throw error;
      }
      if (Date.now() - heard > times.session) generation.lose('the broker could not be reached in time');
    }
  }
}
