import type { ItemIndex } from './item-index.ts';

/** How many of the n-grams of each item were found, in one text, in one file or in all of them. */
export class FoundItems {
  readonly #index: ItemIndex;
  /** The round in which an n-gram was found last. */
  readonly #rounds: Uint32Array;
  readonly #counts = new Map<number, number>();
  #round = 1;

  constructor(index: ItemIndex) {
    this.#index = index;
    this.#rounds = new Uint32Array(index.gramCount);
  }

  /** Forgets what was found. */
  clear(): void {
    this.#round += 1;
    this.#counts.clear();
  }

  /** Costs no more than the n-grams of all items, however long the text was. */
  add(grams: readonly number[]): void {
    for (const gram of grams) {
      if (this.#rounds[gram] === this.#round) continue;
      this.#rounds[gram] = this.#round;
      for (const item of this.#index.itemsOf(gram)) this.#counts.set(item, (this.#counts.get(item) ?? 0) + 1);
    }
  }

  get size(): number {
    return this.#counts.size;
  }

  /** The items that were found, those with the largest shares of their n-grams first. */
  items(): FoundItem[] {
    const found = [...this.#counts].map(([item, count]) => {
      const { row, id, grams } = this.#index.items[item]!;
      return { item: row, id, share: count / grams };
    });
    return found.toSorted((left, right) => right.share - left.share || left.item - right.item);
  }

  /** How many items were found with at least this share of their n-grams. */
  countAtLeast(share: number): number {
    let items = 0;
    for (const [item, count] of this.#counts) if (count / this.#index.items[item]!.grams >= share) items += 1;
    return items;
  }
}

/** An item of the evaluation, of whose n-grams a share was found. */
export type FoundItem = {
  /** Row of the item in its file. */
  readonly item: number;
  readonly id: string;
  readonly share: number;
};
