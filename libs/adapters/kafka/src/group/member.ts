import type { GroupOptions, Membership } from '@tributary/event-log';
import { retry, sleep } from '@tributary/kernel';
import type { Fault } from '@tributary/kernel';
import { brokerFault, protocolError } from '../client/broker-fault.ts';
import { Fetcher } from '../fetch/fetcher.ts';
import { Coordinator } from './coordinator.ts';
import { joinGroup } from './join-group.ts';
import type { Generation } from './generation.ts';
import type { GroupContext } from './group-place.ts';
import { UNKNOWN_MEMBER, REBALANCED, keepAlive } from './keep-alive.ts';
import { PartitionWorkers } from './partition-workers.ts';
import { sendCommit } from './send-commit.ts';

/** Joins a group, keeps its generation alive, and joins again whenever the group goes on. */
export class Member implements Membership {
  readonly #context: GroupContext;
  readonly #coordinator: Coordinator;
  readonly #fetcher: Fetcher;
  readonly #workers: PartitionWorkers;
  readonly #leaving = new AbortController();
  readonly #running: Promise<void>;
  #generation: Generation | undefined;
  #memberId = '';
  #joining = false;
  #fault: Fault | undefined;

  constructor(place: GroupContext, options: GroupOptions) {
    const { connection, topic, times, report } = place;
    this.#context = place;
    this.#coordinator = new Coordinator(connection, options.group);
    this.#fetcher = new Fetcher(connection, topic, report);
    this.#workers = new PartitionWorkers({
      ...options,
      ...place,
      retry: times.retry,
      coordinator: this.#coordinator,
      fetcher: this.#fetcher,
      send: (generation, partition, commit) =>
        sendCommit(this.#coordinator, { topic, generation, patience: times.session }, { partition, commit }),
    });
    this.#running = this.#run();
  }

  claims(): readonly number[] {
    return this.#workers.partitions();
  }

  queuedBytes(): number {
    return this.#workers.queuedBytes();
  }

  paused(): readonly number[] {
    return this.#workers.paused();
  }

  fault(): unknown {
    return this.#fault ?? this.#fetcher.fault() ?? this.#workers.fault();
  }

  async leave(): Promise<void> {
    if (!this.#leaving.signal.aborted) {
      this.#leaving.abort();
      this.#generation?.lose('it was given back');
    }
    if (this.#joining) await this.#leaveGroup().catch(() => undefined);
    await this.#running;
    await this.#fetcher.stop();
    await Promise.all([this.#context.connection.close(), this.#context.leaveConnection.close()]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#leaving;
    const membership = retry((resetBackoff) => this.#stayMember(resetBackoff), {
      firstDelay: 100,
      maxDelay: 5000,
      isRetryable: () => true,
      onRetry: (error) => void this.#reportFault(error, 'cannot join'),
      signal,
      sleep,
    });
    await membership.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    this.#generation?.lose('it was given back');
    await this.#workers.stopped();
    await this.#leaveGroup().catch(() => undefined);
  }

  async #stayMember(resetBackoff: () => void): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      const generation = await this.#join().finally(() => (this.#joining = false));
      resetBackoff();
      this.#fault = undefined;
      this.#generation = generation;
      if (!this.#leaving.signal.aborted) this.#workers.start(generation);
      const forgotten = await keepAlive(this.#coordinator, {
        generation,
        times: this.#context.times,
        notice: (error) => this.#reportFault(error, 'cannot send heartbeats'),
        heard: () => (this.#fault = undefined),
      });
      if (forgotten) this.#memberId = '';
    }
  }

  /** Joins; again at once where the group has gone on meanwhile. */
  async #join(): Promise<Generation> {
    this.#joining = true;
    if (this.#generation?.hasUnansweredCommit) await this.#becomeNewMember();
    for (;;) {
      this.#leaving.signal.throwIfAborted();
      try {
        const { topic, times } = this.#context;
        const generation = await joinGroup(this.#coordinator, { topic, times, memberId: this.#memberId });
        this.#memberId = generation.memberId;
        if (!this.#isReused(generation)) return generation;
        await this.#becomeNewMember();
      } catch (error) {
        const refusal = protocolError(error) ?? '';
        if (UNKNOWN_MEMBER.has(refusal)) this.#memberId = '';
        else if (!REBALANCED.has(refusal)) throw error;
      }
    }
  }

  /**
   * Whether the broker gave back the generation that was lost, as it does where it noticed nothing of the loss. What
   * was sent under that name could then still be taken, so a name is never used again.
   */
  #isReused({ id, memberId }: Generation): boolean {
    return id === this.#generation?.id && memberId === this.#generation.memberId;
  }

  #reportFault(error: unknown, doing: string): Fault {
    const fault = brokerFault(
      error,
      `${doing}, group ${this.#coordinator.group} of topic ${this.#context.topic}`,
    );
    if (this.#fault?.code !== fault.code) this.#context.report(fault.message);
    this.#fault = fault;
    return fault;
  }

  /** A commit may still be on its way in the name of the old member: once it has left, the broker refuses that. */
  async #becomeNewMember(): Promise<void> {
    await this.#leaveGroup().catch((error: unknown) => {
      if (!UNKNOWN_MEMBER.has(protocolError(error) ?? '')) throw error;
    });
    this.#generation = undefined;
  }

  async #leaveGroup(): Promise<void> {
    const memberId = this.#memberId;
    if (memberId === '') return;
    const parting = new Coordinator(this.#context.leaveConnection, this.#coordinator.group);
    await parting.request((broker) => broker.leaveGroup({ groupId: parting.group, memberId }));
    this.#memberId = '';
  }
}
