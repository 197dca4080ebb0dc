import { setMaxListeners } from 'node:events';
import { Fault, instantNow, millisBetween } from '@tributary/kernel';
import type { Instant } from '@tributary/kernel';

/**
 * One generation of a group for one member: the partitions that are assigned to it until the next rebalance. The
 * broker accepts commits of the current generation only, so it refuses a commit of an older one however late it arrives.
 */
export class Generation {
  readonly id: number;
  readonly memberId: string;
  readonly partitions: readonly number[];
  readonly #lost = new AbortController();
  #hasUnansweredCommit = false;
  readonly #session: number;
  #leased: Instant;

  /** `session` is in milliseconds; `leased` is as of `renewLease`. */
  constructor(
    id: number,
    memberId: string,
    {
      partitions,
      session,
      leased,
    }: { readonly partitions: readonly number[]; readonly session: number; readonly leased: Instant },
  ) {
    /* The work on each partition listens, and a member may have any number of them. */
    setMaxListeners(0, this.#lost.signal);
    this.id = id;
    this.memberId = memberId;
    this.partitions = partitions;
    this.#session = session;
    this.#leased = leased;
  }

  /**
   * For a session after a request was `sent` that was answered, the broker assigns the partitions to nobody else without
   * asking.
   */
  renewLease(sent: Instant): void {
    if (sent.monotonic > this.#leased.monotonic) this.#leased = sent;
  }

  /** Loses the generation where its lease has run out. */
  checkLease(now = instantNow()): void {
    if (millisBetween(this.#leased, now) > this.#session)
      this.lose('no heartbeat was answered for a session; the process stood still');
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Whether a commit got no answer. It may still be queued at the broker, and stays valid there as long as the member
   * does. Only a new member id is safe from it.
   */
  get hasUnansweredCommit(): boolean {
    return this.#hasUnansweredCommit;
  }

  lose(why: string): void {
    if (!this.#lost.signal.aborted) this.#lost.abort(partitionLost(why));
  }

  loseWithUnansweredCommit(why: string): void {
    this.#hasUnansweredCommit = true;
    this.lose(why);
  }
}

export const partitionLost = (why: string): Fault =>
  new Fault('partition_lost', `the partition is lost: ${why}`, { retryable: true });
