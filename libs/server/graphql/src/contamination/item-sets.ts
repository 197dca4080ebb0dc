import type { SearchedShard } from './searched-shards.ts';

/** The items that searches of one digest looked for, by what the searches of all shards say of them. */
type ItemSet = {
  /** Items that one search names, at most: those that it could not look for among them. */
  readonly known: number;
  /** Whether a search says how many items it could not look for. */
  readonly isCounted: boolean;
};

/** Sets of items by their digests. That two searches looked for equally many items does not say that these are the same. */
export type ItemSets = ReadonlyMap<string, ItemSet>;

/** The sets of items that searches of some shards name. A canary string is no item. */
export function itemSets(shards: readonly SearchedShard[]): ItemSets {
  const sets = new Map<string, ItemSet>();
  for (const { searches } of shards)
    for (const {
      items_digest: digest,
      items_compared: compared,
      items_skipped: skipped,
      isForItems,
    } of searches) {
      if (!isForItems) continue;
      const { known, isCounted } = sets.get(digest) ?? { known: 0, isCounted: false };
      sets.set(digest, {
        known: Math.max(known, compared + (skipped ?? 0)),
        isCounted: isCounted || skipped !== null,
      });
    }
  return sets;
}

/** Whether searches of a whole shard looked for every item of every set. */
export const isSearchedForAll = ({ searches }: SearchedShard, sets: ItemSets): boolean =>
  [...sets].every(([digest, { known }]) =>
    searches.some(
      ({ isWhole, items_digest: own, items_compared: compared }) =>
        isWhole && own === digest && compared >= known,
    ),
  );
