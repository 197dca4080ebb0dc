import type { GroupOptions, Membership } from '@tributary/event-log';
import { retry, sleep } from '@tributary/kernel';
import type { Fault } from '@tributary/kernel';
import { brokerFault, protocolError } from '../client/broker-fault.ts';
import { Fetcher } from '../fetch/fetcher.ts';
import { Coordinator, type GroupContext } from './coordinator.ts';
import { joinGroup } from './join-group.ts';
import type { Generation } from './generation.ts';
import { UNKNOWN_MEMBER, REBALANCED, confirmLease, keepAlive } from './keep-alive.ts';
import { PartitionWorkers } from './partition-workers.ts';
import { sendCommits } from './send-commit.ts';

/** Joins a group, sends heartbeats, and rejoins after every rebalance. */
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

  constructor(context: GroupContext, options: GroupOptions) {
    const { connection, topic, times, report } = context;
    this.#context = context;
    this.#coordinator = new Coordinator(connection, options.group);
    this.#fetcher = new Fetcher(connection, topic, report);
    this.#workers = new PartitionWorkers({
      ...options,
      ...context,
      retry: times.retry,
      coordinator: this.#coordinator,
      fetcher: this.#fetcher,
      send: (generation, partition, commit) =>
        sendCommits(this.#coordinator, { topic, generation, timeout: times.session }, [
          { partition, commit },
        ]),
      confirm: (generation) => confirmLease(this.#coordinator, generation),
    });
    this.#running = this.#run();
  }

  assignments(): readonly number[] {
    return this.#workers.partitions();
  }

  assigned(): readonly number[] {
    return this.#generation === undefined || this.#generation.lost.aborted ? [] : this.#generation.partitions;
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

  stopped(): readonly unknown[] {
    return this.#workers.stopped();
  }

  async leave(): Promise<void> {
    if (!this.#leaving.signal.aborted) {
      this.#leaving.abort();
      this.#generation?.lose('the member leaves the group');
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
    this.#generation?.lose('the member leaves the group');
    await this.#workers.ended();
    await this.#leaveGroup().catch(() => undefined);
  }

  async #stayMember(resetBackoff: () => void): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      const generation = await this.#join().finally(() => (this.#joining = false));
      resetBackoff();
      this.#fault = undefined;
      this.#generation = generation;
      /* `leave` could not lose the generation of a join that was not answered yet. */
      if (this.#leaving.signal.aborted) generation.lose('the member leaves the group');
      else this.#workers.start(generation);
      const isUnknown = await keepAlive(this.#coordinator, {
        generation,
        times: this.#context.times,
        onError: (error) => this.#reportFault(error, 'cannot send heartbeats'),
        onAnswer: () => (this.#fault = undefined),
      });
      if (isUnknown) this.#memberId = '';
    }
  }

  /** Joins, and rejoins at once if the group has rebalanced meanwhile. */
  async #join(): Promise<Generation> {
    this.#joining = true;
    if (this.#generation?.hasUnansweredCommit) await this.#becomeNewMember();
    for (;;) {
      this.#leaving.signal.throwIfAborted();
      try {
        const { topic, times } = this.#context;
        const generation = await joinGroup(this.#coordinator, {
          topic,
          times,
          memberId: this.#memberId,
          identified: (memberId) => {
            this.#memberId = memberId;
            this.#leaving.signal.throwIfAborted();
          },
        });
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
   * Whether the broker returned the generation that was lost, as it does if it did not notice the loss. A request that
   * was sent with its id could still be accepted then, so an id is never used twice.
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

  /** A commit of the old member id may still be in flight. The broker refuses it once that member has left. */
  async #becomeNewMember(): Promise<void> {
    await this.#leaveGroup().catch((error: unknown) => {
      if (!UNKNOWN_MEMBER.has(protocolError(error) ?? '')) throw error;
    });
    this.#generation = undefined;
  }

  async #leaveGroup(): Promise<void> {
    const memberId = this.#memberId;
    if (memberId === '') return;
    const { group } = this.#coordinator;
    const coordinator = new Coordinator(this.#context.leaveConnection, group);
    await coordinator.request((broker) => broker.leaveGroup({ groupId: group, memberId }));
    this.#memberId = '';
  }
}
