import { Fault } from '@tributary/kernel';

/**
 * One generation of a group as one member sees it: the partitions that are its own until the group changes.
 * The broker accepts a commit only from a member of the present generation, so what is committed in the name of an
 * older one is refused there, however late it arrives.
 */
export class Generation {
  readonly id: number;
  readonly memberId: string;
  readonly partitions: readonly number[];
  readonly #lost = new AbortController();
  #hasUnansweredCommit = false;

  constructor(id: number, memberId: string, partitions: readonly number[]) {
    this.id = id;
    this.memberId = memberId;
    this.partitions = partitions;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /**
   * Whether a commit was left without an answer. It may still be waiting at the broker, and would be valid there as
   * long as the member is: only a new member is safe from it.
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
