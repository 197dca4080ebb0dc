import { underSignal } from './cancellation.ts';
import { appendAll } from './collections.ts';
import type { Fault } from './fault.ts';

type Waiting<Item, Outcome> = {
  readonly item: Item;
  readonly weight: number;
  readonly resolve: (outcome: Outcome | PromiseLike<Outcome>) => void;
  readonly reject: (fault: unknown) => void;
};

/**
 * What a failed commit means. `stop`: what was written is unknown, so the fault answers every item from then on.
 * `reject`: the fault answers the items of the group, and the next group is committed. `isolate`: one item may have
 * failed the group, so each of its items is committed alone; an item that was alone gets the fault.
 */
export type CommitFailure = { readonly fault: Fault; readonly policy: 'stop' | 'reject' | 'isolate' };

export type GroupCommitOptions<Item, Outcome> = {
  /**
   * Commits the first items of a group, at least one, and answers each. Items without an outcome come first in the next
   * group.
   */
  readonly commit: (items: readonly Item[]) => Promise<readonly (Outcome | PromiseLike<Outcome>)[]>;
  readonly onFailure: (cause: unknown) => CommitFailure;
  /** No group weighs more, but one of a single item. */
  readonly maxWeight: number;
};

/**
 * All items that wait while a commit is in flight share the next one. An idle log commits at once. Items are committed
 * in the order in which they were submitted.
 */
export class GroupCommit<Item, Outcome> {
  readonly #options: GroupCommitOptions<Item, Outcome>;
  #queue: Waiting<Item, Outcome>[] = [];
  #running: Promise<void> | undefined;
  #stopped: Fault | undefined;

  constructor(options: GroupCommitOptions<Item, Outcome>) {
    this.#options = options;
  }

  /** Why nothing is committed any more; undefined while it is. */
  get stopped(): Fault | undefined {
    return this.#stopped;
  }

  /**
   * Rejects with the reason of `giveUp` once that aborts. An item that is not in a group yet is not committed then; one
   * that is may be.
   */
  submit(item: Item, weight: number, giveUp?: AbortSignal): Promise<Outcome> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    return new Promise((resolve, reject) => {
      const waiting = { item, weight, resolve, reject };
      giveUp?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((queued) => queued !== waiting);
        reject(giveUp.reason);
      });
      this.#queue.push(waiting);
      /* Others' items follow in the same run, so it does not end with whoever waits for the first one. */
      this.#running ??= underSignal(undefined, () => this.#drain());
    });
  }

  /** Resolves when nothing is in flight. What runs then, synchronously, sees a settled log. */
  async quiet(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#commit(this.#nextGroup());
    this.#running = undefined;
  }

  #nextGroup(): Waiting<Item, Outcome>[] {
    let weight = 0;
    const end = this.#queue.findIndex((waiting) => (weight += waiting.weight) > this.#options.maxWeight);
    return this.#queue.splice(0, end < 0 ? this.#queue.length : Math.max(end, 1));
  }

  async #commit(group: readonly Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#options.commit(group.map((waiting) => waiting.item));
      for (const [index, outcome] of outcomes.entries()) group[index]?.resolve(outcome);
      this.#queue = [...group.slice(outcomes.length), ...this.#queue];
    } catch (cause) {
      await this.#fail(group, this.#options.onFailure(cause));
    }
  }

  async #fail(group: readonly Waiting<Item, Outcome>[], { fault, policy }: CommitFailure): Promise<void> {
    if (policy === 'isolate' && group.length > 1) {
      for (const waiting of group) await this.#commit([waiting]);
      return;
    }
    const rejected = [...group];
    if (policy === 'stop') {
      this.#stopped = fault;
      appendAll(rejected, this.#queue.splice(0));
    }
    for (const { reject } of rejected) reject(fault);
  }
}
