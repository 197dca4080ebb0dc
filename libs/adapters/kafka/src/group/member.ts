import type { GroupOptions, Membership } from '@tributary/event-log';
import { retry, sleep } from '@tributary/kernel';
import type { Fault } from '@tributary/kernel';
import { brokerFault, protocolError } from '../client/broker-fault.ts';
import { Fetcher } from '../fetch/fetcher.ts';
import { Coordinator } from './coordinator.ts';
import { enter } from './enter.ts';
import type { Generation } from './generation.ts';
import type { GroupPlace } from './group-place.ts';
import { FORGOTTEN, GONE_ON, keepAlive } from './keep-alive.ts';
import { Lives } from './lives.ts';
import { sendCommit } from './send-commit.ts';

/** Joins a group, keeps its generation alive, and joins again whenever the group goes on. */
export class Member implements Membership {
  readonly #place: GroupPlace;
  readonly #coordinator: Coordinator;
  readonly #fetcher: Fetcher;
  readonly #lives: Lives;
  readonly #leaving = new AbortController();
  readonly #running: Promise<void>;
  #generation: Generation | undefined;
  #memberId = '';
  #entering = false;
  #fault: Fault | undefined;

  constructor(place: GroupPlace, options: GroupOptions) {
    const { link, topic, times, report } = place;
    this.#place = place;
    this.#coordinator = new Coordinator(link, options.group);
    this.#fetcher = new Fetcher(link, topic, report);
    this.#lives = new Lives({
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
    return this.#lives.claims();
  }

  queuedBytes(): number {
    return this.#lives.queuedBytes();
  }

  paused(): readonly number[] {
    return this.#lives.paused();
  }

  fault(): unknown {
    return this.#fault ?? this.#fetcher.fault() ?? this.#lives.fault();
  }

  async leave(): Promise<void> {
    if (!this.#leaving.signal.aborted) {
      this.#leaving.abort();
      this.#generation?.lose('it was given back');
    }
    if (this.#entering) await this.#sayGoodbye().catch(() => undefined);
    await this.#running;
    await this.#fetcher.stop();
    await Promise.all([this.#place.link.close(), this.#place.parting.close()]);
  }

  async #run(): Promise<void> {
    const { signal } = this.#leaving;
    const membership = retry((resetBackoff) => this.#stayMember(resetBackoff), {
      firstDelay: 100,
      maxDelay: 5000,
      isRetryable: () => true,
      onRetry: (error) => void this.#notice(error, 'cannot join'),
      signal,
      sleep,
    });
    await membership.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    this.#generation?.lose('it was given back');
    await this.#lives.ended();
    await this.#sayGoodbye().catch(() => undefined);
  }

  async #stayMember(resetBackoff: () => void): Promise<void> {
    while (!this.#leaving.signal.aborted) {
      const generation = await this.#enter().finally(() => (this.#entering = false));
      resetBackoff();
      this.#fault = undefined;
      this.#generation = generation;
      if (!this.#leaving.signal.aborted) this.#lives.begin(generation);
      const forgotten = await keepAlive(this.#coordinator, {
        generation,
        times: this.#place.times,
        notice: (error) => this.#notice(error, 'cannot send heartbeats'),
        heard: () => (this.#fault = undefined),
      });
      if (forgotten) this.#memberId = '';
    }
  }

  /** Joins; again at once where the group has gone on meanwhile. */
  async #enter(): Promise<Generation> {
    this.#entering = true;
    if (this.#generation?.unsure) await this.#becomeNew();
    for (;;) {
      this.#leaving.signal.throwIfAborted();
      try {
        const { topic, times } = this.#place;
        const generation = await enter(this.#coordinator, { topic, times, memberId: this.#memberId });
        this.#memberId = generation.memberId;
        if (!this.#isOver(generation)) return generation;
        await this.#becomeNew();
      } catch (error) {
        const refusal = protocolError(error) ?? '';
        if (FORGOTTEN.has(refusal)) this.#memberId = '';
        else if (!GONE_ON.has(refusal)) throw error;
      }
    }
  }

  /**
   * Whether the broker gave back the generation that was lost, as it does where it noticed nothing of the loss. What
   * was sent under that name could then still be taken, so a name is never used again.
   */
  #isOver({ id, memberId }: Generation): boolean {
    return id === this.#generation?.id && memberId === this.#generation.memberId;
  }

  #notice(error: unknown, doing: string): Fault {
    const fault = brokerFault(
      error,
      `${doing}, group ${this.#coordinator.group} of topic ${this.#place.topic}`,
    );
    if (this.#fault?.code !== fault.code) this.#place.report(fault.message);
    this.#fault = fault;
    return fault;
  }

  /** A commit may still be on its way in the name of the old member: once it has left, the broker refuses that. */
  async #becomeNew(): Promise<void> {
    await this.#sayGoodbye().catch((error: unknown) => {
      if (!FORGOTTEN.has(protocolError(error) ?? '')) throw error;
    });
    this.#generation = undefined;
  }

  async #sayGoodbye(): Promise<void> {
    const memberId = this.#memberId;
    if (memberId === '') return;
    const parting = new Coordinator(this.#place.parting, this.#coordinator.group);
    await parting.ask((broker) => broker.leaveGroup({ groupId: parting.group, memberId }));
    this.#memberId = '';
  }
}
