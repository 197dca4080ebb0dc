import type { GroupOptions, Membership } from '@tributary/event-log';
import type { Fault } from '@tributary/kernel';
import { brokerFault, protocolError } from '../client/broker-fault.ts';
import type { Link } from '../client/link.ts';
import { rest } from '../fetch/changes.ts';
import { Fetcher } from '../fetch/fetcher.ts';
import { Coordinator } from './coordinator.ts';
import { enter } from './enter.ts';
import type { Generation } from './generation.ts';
import { Lives } from './lives.ts';
import { sendCommit } from './send-commit.ts';

/** Milliseconds. */
export type GroupTimes = {
  /** Without a heartbeat for so long, the broker gives the claims to others. */
  readonly session: number;
  readonly heartbeat: number;
  /** How long the broker waits for members to join again. */
  readonly rebalance: number;
  /** Between a rejection of the work and its next life. */
  readonly retry: number;
};

export type GroupPlace = {
  readonly topic: string;
  readonly times: GroupTimes;
  readonly report: (line: string) => void;
  /** Connections of its own. */
  readonly link: Link;
  /** Others for the farewell: a broker answers nothing else on a connection where a join waits. */
  readonly parting: Link;
};

/** The group goes on without this generation; the member is still known. */
const GONE_ON = new Set(['REBALANCE_IN_PROGRESS', 'ILLEGAL_GENERATION']);
/** The group does not know the member any more. */
const FORGOTTEN = new Set(['UNKNOWN_MEMBER_ID', 'FENCED_INSTANCE_ID']);

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
    for (let wait = 100; !this.#leaving.signal.aborted; wait = Math.min(wait * 2, 5000)) {
      try {
        const generation = await this.#enter().finally(() => (this.#entering = false));
        wait = 50;
        this.#fault = undefined;
        this.#generation = generation;
        if (!this.#leaving.signal.aborted) this.#lives.begin(generation);
        await this.#keepAlive(generation);
      } catch (error) {
        if (this.#leaving.signal.aborted) break;
        this.#notice(error, 'cannot join');
        await rest(wait, this.#leaving.signal);
      }
    }
    this.#generation?.lose('it was given back');
    await this.#lives.ended();
    await this.#sayGoodbye().catch(() => undefined);
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
        return generation;
      } catch (error) {
        const refusal = protocolError(error) ?? '';
        if (FORGOTTEN.has(refusal)) this.#memberId = '';
        else if (!GONE_ON.has(refusal)) throw error;
      }
    }
  }

  /** Beats until the generation is lost. Rejects where the broker does not want the member at all. */
  async #keepAlive(generation: Generation): Promise<void> {
    const { heartbeat, session } = this.#place.times;
    const beat = {
      groupId: this.#coordinator.group,
      groupGenerationId: generation.id,
      memberId: generation.memberId,
    };
    let heard = Date.now();
    while (!generation.lost.aborted) {
      await rest(heartbeat, generation.lost);
      if (generation.lost.aborted) return;
      try {
        await this.#coordinator.ask((broker) => broker.heartbeat(beat));
        heard = Date.now();
        this.#fault = undefined;
      } catch (error) {
        const refusal = protocolError(error) ?? '';
        if (FORGOTTEN.has(refusal)) this.#memberId = '';
        if (FORGOTTEN.has(refusal) || GONE_ON.has(refusal))
          generation.lose(`the group has gone on (${refusal})`);
        else if (!this.#notice(error, 'cannot send heartbeats').retryable) {
          generation.lose('the broker refuses the member');
          throw error;
        } else if (Date.now() - heard > session) generation.lose('the broker could not be reached in time');
      }
    }
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
