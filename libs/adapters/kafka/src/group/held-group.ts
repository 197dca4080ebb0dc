import { setTimeout as pause } from 'node:timers/promises';
import type { CommittedOffset, HeldGroup } from '@tributary/event-log';
import type { Fault } from '@tributary/kernel';
import { brokerFault, protocolError } from '../client/broker-fault.ts';
import { Coordinator, type GroupContext } from './coordinator.ts';
import type { Generation } from './generation.ts';
import { joinGroup } from './join-group.ts';
import { REBALANCED, UNKNOWN_MEMBER, keepAlive } from './keep-alive.ts';
import { sendCommits } from './send-commit.ts';

/**
 * Joins a group as the member that gets all partitions of the topic, for one generation. Resolves with undefined where it
 * did not get all: the leader is of an earlier version, or another member holds the group. Throws the Faults of
 * `brokerFault`. The connections are closed with the hold.
 */
export async function holdGroup(
  context: GroupContext,
  { group, partitions }: { readonly group: string; readonly partitions: number },
): Promise<HeldGroup | undefined> {
  const holder = new Holder(context, group);
  try {
    const generation = await holder.join();
    /* Partitions may have been added since the topic was opened. */
    if (isAll(generation, partitions)) return holder.hold(generation);
  } catch (error) {
    await holder.release();
    throw brokerFault(error, `cannot hold group ${group} of topic ${context.topic}`);
  }
  await holder.release();
  return undefined;
}

const isAll = (generation: Generation, partitions: number): boolean =>
  generation.partitions.filter((partition) => partition < partitions).length === partitions;

/** Another broker coordinates the group now, or one does that has not read its offsets yet. */
const MOVED = new Set([
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
]);

class Holder {
  readonly #context: GroupContext;
  readonly #coordinator: Coordinator;
  #memberId = '';
  #generation: Generation | undefined;
  #alive: Promise<unknown> = Promise.resolve();

  constructor(context: GroupContext, group: string) {
    this.#context = context;
    this.#coordinator = new Coordinator(context.connection, group);
  }

  /** Joins again where the group has rebalanced meanwhile; for the time of a session, where its coordinator has moved. */
  async join(): Promise<Generation> {
    const { topic, times } = this.#context;
    const until = performance.now() + times.session;
    for (;;) {
      try {
        return await joinGroup(this.#coordinator, {
          topic,
          times,
          holds: true,
          memberId: this.#memberId,
          identified: (memberId) => (this.#memberId = memberId),
        });
      } catch (error) {
        const refusal = protocolError(error) ?? '';
        if (UNKNOWN_MEMBER.has(refusal)) this.#memberId = '';
        else if (MOVED.has(refusal) && performance.now() < until) await pause(times.retry);
        else if (!REBALANCED.has(refusal)) throw error;
      }
    }
  }

  hold(generation: Generation): HeldGroup {
    const { topic, times } = this.#context;
    this.#generation = generation;
    this.#memberId = generation.memberId;
    const onError = (error: unknown): Fault =>
      brokerFault(error, `cannot send heartbeats, group ${this.#coordinator.group} of topic ${topic}`);
    this.#alive = keepAlive(this.#coordinator, {
      generation,
      times,
      onError,
      onAnswer: () => undefined,
    }).catch(() => undefined);
    return {
      lost: generation.lost,
      move: (commits: readonly CommittedOffset[]) =>
        sendCommits(
          this.#coordinator,
          { topic, generation, timeout: times.session },
          commits.map((commit, partition) => ({ partition, commit })),
        ),
      release: () => this.release(),
    };
  }

  /** Leaves the group, whose other members get the partitions back. One that cannot leave is forgotten after a session. */
  async release(): Promise<void> {
    this.#generation?.lose('the group is held no longer');
    await this.#alive;
    await this.#leave().catch(() => undefined);
    await Promise.all([this.#context.connection.close(), this.#context.leaveConnection.close()]);
  }

  async #leave(): Promise<void> {
    const memberId = this.#memberId;
    if (memberId === '') return;
    this.#memberId = '';
    const { group } = this.#coordinator;
    const coordinator = new Coordinator(this.#context.leaveConnection, group);
    await coordinator.request((broker) => broker.leaveGroup({ groupId: group, memberId }));
  }
}
