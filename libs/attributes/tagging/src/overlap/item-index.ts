import { GramTable } from './gram-table.ts';
import { wordsOf } from './words.ts';

/** An evaluation item: its texts, and what names it. */
export type EvaluationItem = { readonly row: number; readonly id: string; readonly texts: readonly string[] };

/** What one text has in common with the items. */
export type Overlap = {
  /** The numbers of the n-grams of the text that an item has too, each once. */
  readonly grams: readonly number[];
  /** The share of the n-grams of the text that an item has too; 0 for a text without any. */
  readonly share: number;
  /** Words of the longest stretch of the text each of whose n-grams is in an item; 0 without one. */
  readonly longest: number;
};

/** `grams` is how many distinct n-grams the item has. */
type IndexedItem = { readonly row: number; readonly id: string; readonly grams: number };

/**
 * The n-grams of evaluation items. Memory grows with the words of the items, and not with the texts that are compared with
 * them. An n-gram lies within one text of an item.
 */
export class ItemIndex {
  readonly words: number;
  readonly #numbers = new Map<string, number>();
  readonly #list: number[] = [];
  readonly #grams: GramTable;
  readonly #items: IndexedItem[] = [];
  /** The first item of each n-gram, and the others of those few that have several. */
  readonly #firstItem: number[] = [];
  readonly #otherItems = new Map<number, number[]>();

  constructor(words: number) {
    this.words = words;
    this.#grams = new GramTable(words, this.#list);
  }

  /** Adds an item; false where none of its texts has an n-gram, so that nothing can find it. */
  add({ row, id, texts }: EvaluationItem): boolean {
    const grams = new Set<number>();
    for (const text of texts) {
      const words = wordsOf(text);
      if (words.length < this.words) continue;
      const start = this.#list.length;
      for (const word of words) this.#list.push(this.#numberOf(word));
      for (let at = start; at + this.words <= this.#list.length; at++) grams.add(this.#grams.add(at));
    }
    if (grams.size === 0) return false;
    for (const gram of grams) this.#has(this.#items.length, gram);
    this.#items.push({ row, id, grams: grams.size });
    return true;
  }

  #has(item: number, gram: number): void {
    const others = this.#otherItems.get(gram);
    if (others) others.push(item);
    else if (this.#firstItem[gram] !== undefined) this.#otherItems.set(gram, [item]);
    else this.#firstItem[gram] = item;
  }

  #numberOf(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    this.#numbers.set(word, this.#numbers.size);
    return this.#numbers.size - 1;
  }

  /** The items that have n-grams, in the order in which they were added. */
  get items(): readonly IndexedItem[] {
    return this.#items;
  }

  get gramCount(): number {
    return this.#grams.size;
  }

  itemsOf(gram: number): readonly number[] {
    const first = this.#firstItem[gram];
    return first === undefined ? [] : [first, ...(this.#otherItems.get(gram) ?? [])];
  }

  overlap(text: string): Overlap {
    const words = wordsOf(text);
    const numbers = words.map((word) => this.#numbers.get(word) ?? -1);
    const found = new Set<number>();
    const seen = { known: 0, grams: 0, stretch: 0, longest: 0 };
    for (const [at, number] of numbers.entries()) {
      seen.known = number < 0 ? 0 : seen.known + 1;
      const start = at - this.words + 1;
      const gram = seen.known < this.words ? -1 : this.#grams.find(numbers, start);
      seen.stretch = gram < 0 ? 0 : seen.stretch + 1;
      seen.longest = Math.max(seen.longest, seen.stretch);
      if (gram < 0) continue;
      seen.grams += 1;
      found.add(gram);
    }
    const all = words.length - this.words + 1;
    return {
      grams: [...found],
      share: all > 0 ? seen.grams / all : 0,
      longest: seen.longest === 0 ? 0 : seen.longest + this.words - 1,
    };
  }
}
