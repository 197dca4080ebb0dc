import type { Fault } from '@tributary/kernel';

type Waiting<Item, Outcome> = {
  readonly item: Item;
  readonly weight: number;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (fault: unknown) => void;
};

/**
 * All items that wait while a commit is in flight share the next one; an idle log commits at once.
 * The first failed commit is the last: its fault answers every item from then on, since what reached the disk is unknown.
 */
export class GroupCommit<Item, Outcome> {
  readonly #commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
  readonly #fatal: (cause: unknown) => Fault;
  readonly #maxWeight: number;
  #queue: Waiting<Item, Outcome>[] = [];
  #running: Promise<void> | undefined;
  #failure: Fault | undefined;

  constructor(options: {
    commit: (items: readonly Item[]) => Promise<readonly Outcome[]>;
    fatal: (cause: unknown) => Fault;
    /** A group closes when it weighs this much. */
    maxWeight: number;
  }) {
    this.#commit = options.commit;
    this.#fatal = options.fatal;
    this.#maxWeight = options.maxWeight;
  }

  submit(item: Item, weight: number): Promise<Outcome> {
    if (this.#failure) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, weight, resolve, reject });
      this.#running ??= this.#drain();
    });
  }

  /** Resolves when nothing is in flight; what runs then, synchronously, sees a settled log. */
  async quiet(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #drain(): Promise<void> {
    await Promise.resolve();
    while (this.#queue.length > 0) await this.#commitGroup(this.#nextGroup());
    this.#running = undefined;
  }

  #nextGroup(): Waiting<Item, Outcome>[] {
    let weight = 0;
    const end = this.#queue.findIndex((waiting) => (weight += waiting.weight) >= this.#maxWeight);
    return this.#queue.splice(0, end < 0 ? this.#queue.length : end + 1);
  }

  async #commitGroup(group: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await this.#commit(group.map((waiting) => waiting.item));
      outcomes.forEach((outcome, index) => group[index]?.resolve(outcome));
    } catch (cause) {
      const failure = this.#fatal(cause);
      this.#failure = failure;
      const waiting = [...group, ...this.#queue];
      this.#queue = [];
      for (const { reject } of waiting) reject(failure);
    }
  }
}
