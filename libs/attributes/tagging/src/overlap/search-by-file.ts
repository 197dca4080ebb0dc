import type { SearchedFile, Totals } from '../attribute.ts';
import { FoundItems } from './found-items.ts';
import type { ItemIndex } from './item-index.ts';

/** The items that are looked for. */
export type SearchedItems = {
  readonly index: ItemIndex;
  /** Items without an n-gram, which nothing can find. */
  readonly tooShort: number;
  /** Of everything that is compared. */
  readonly sha256: string;
};

/** PaLM calls an item contaminated by this share of its 8-grams (arXiv 2204.02311, section 8). */
const MOSTLY = 0.7;
/** Items and documents named for one file. */
const MOST_NAMED = 1_000;

export const totalsOf = ({ index, tooShort }: SearchedItems, found: FoundItems): Totals => ({
  items_compared: index.items.length,
  items_too_short: tooShort,
  items_found: found.size,
  items_mostly_found: found.countAtLeast(MOSTLY),
});

type InFile = { readonly totals: Totals; readonly search: SearchedFile };

/** What was found in each file, where one file is searched after the other. */
export class SearchByFile {
  readonly #items: SearchedItems;
  readonly #found: FoundItems;
  readonly #ended = new Map<string, InFile>();
  #file: string | undefined;
  #rows: number[] = [];

  constructor(items: SearchedItems) {
    this.#items = items;
    this.#found = new FoundItems(items.index);
  }

  /** Adds the n-grams of items that a document of a file has. */
  add({ path, row }: { readonly path: string; readonly row: number }, grams: readonly number[]): void {
    this.#enter(path);
    this.#found.add(grams);
    if (grams.length > 0 && this.#rows.length < MOST_NAMED) this.#rows.push(row);
  }

  /** What was found in a file that has been searched to its end. */
  of(path: string): InFile {
    this.#enter(undefined);
    return this.#ended.get(path) ?? this.#state();
  }

  #enter(path: string | undefined): void {
    if (path === this.#file) return;
    if (this.#file !== undefined) this.#ended.set(this.#file, this.#state());
    this.#found.clear();
    this.#rows = [];
    this.#file = path;
  }

  #state(): InFile {
    const { index, tooShort, sha256 } = this.#items;
    const search: SearchedFile = {
      words: index.words,
      sha256,
      compared: index.items.length,
      tooShort,
      matched: this.#found.size,
      items: this.#found.items().slice(0, MOST_NAMED),
      rows: this.#rows,
    };
    return { totals: totalsOf(this.#items, this.#found), search };
  }
}
