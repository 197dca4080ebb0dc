import { contaminationFound, contaminationSearches, sameShards } from '@tributary/corpus';
import type { Doubt, Join } from '@tributary/corpus';
import { appendAll, formatEventPosition, groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { valueOf } from '../closed-set.ts';
import { ContaminationSearchKind, GramOf, Method, SearchOutcome } from '../generated/schema.ts';
import type { ContaminationSearch } from '../generated/schema.ts';

type Search = RowOf<typeof contaminationSearches>;

/** Shards that are the same data, of those that were asked about. */
export type SearchedShard = {
  /** The one that stands for all. */
  readonly address: string;
  /** Those that were asked about, with the address. */
  readonly named: readonly string[];
  readonly joins: readonly Join[];
  readonly doubts: readonly Doubt[];
  readonly searches: readonly Search[];
  readonly outcome: SearchOutcome;
};

type Asked = {
  readonly benchmark: string;
  readonly version: string | null;
  readonly as_of: LogPosition;
};

/** Shards that one query names. */
const AT_ONCE = 5_000;

/** What searches of shards found, by the shard: a search of one holds for all that are the same data. */
export async function searchedShards(
  reader: SqlReader,
  shards: readonly string[],
  { as_of, ...asked }: Asked,
): Promise<ReadonlyMap<string, SearchedShard>> {
  const named = [...new Set(shards)].toSorted();
  const same = await sameShards(reader, named, as_of);
  const all = [...new Set(named.flatMap((shard) => same.members(shard)))];
  const found: Search[] = [];
  for (let from = 0; from < all.length; from += AT_ONCE)
    appendAll(
      found,
      await reader.all(contaminationSearches, {
        ...asked,
        shard_ids: all.slice(from, from + AT_ONCE),
        as_of,
      }),
    );
  const byShard = groupBy(found, ({ shard_id }) => shard_id);
  const isNamed = new Set(named);
  const searched = new Map<string, SearchedShard>();
  for (const shard of named) {
    if (searched.has(shard)) continue;
    const members = same.members(shard);
    const own = members.filter((member) => isNamed.has(member));
    const searches = members.flatMap((member) => byShard.get(member) ?? []);
    const one: SearchedShard = {
      address: own[0] ?? shard,
      named: own,
      joins: same.joins(shard),
      doubts: same.doubts(shard),
      searches: searches.toSorted((left, right) => right.evidence - left.evidence),
      outcome: outcomeOf(searches),
    };
    for (const member of own) searched.set(member, one);
  }
  return searched;
}

/** One search that found something is enough, and without one a search of all documents. */
function outcomeOf(searches: readonly Search[]): SearchOutcome {
  if (searches.some(({ items_matched: items }) => items > 0)) return SearchOutcome.Found;
  if (searches.some(({ is_sample: isSample }) => !isSample)) return SearchOutcome.NothingFound;
  return searches.length > 0 ? SearchOutcome.NothingFoundInSample : SearchOutcome.NotSearched;
}

/** Items and documents that an answer lists of each search. */
const MAX_LISTED = 100;

/** The searches of some shards with what they found, by the position of their fact. */
export async function readSearches(
  reader: SqlReader,
  benchmark: string,
  shards: readonly SearchedShard[],
): Promise<ReadonlyMap<number, ContaminationSearch>> {
  const searches = shards.flatMap((shard) => shard.searches);
  if (searches.length === 0) return new Map();
  const rows = await reader.all(contaminationFound, {
    benchmark,
    shard_ids: [...new Set(searches.map(({ shard_id: shard }) => shard))],
    positions: searches.map(({ evidence }) => evidence),
    most: MAX_LISTED,
  });
  return new Map(rows.map((row) => [row.evidence, searchOf(row)]));
}

const searchOf = (row: RowOf<typeof contaminationFound>): ContaminationSearch => ({
  shard: row.shard_id,
  version: row.version || null,
  itemsDigest: row.items_digest || null,
  kind: valueOf(ContaminationSearchKind, row.kind, 'what a search looked for'),
  n: row.gram || null,
  of: row.gram_of === '' ? null : valueOf(GramOf, row.gram_of, 'what n-grams are of'),
  threshold: row.threshold,
  instrument: row.instrument,
  instrumentVersion: row.instrument_version || null,
  method: valueOf(Method, row.method, 'the method of a search'),
  sample: row.is_sample,
  itemsCompared: row.items_compared,
  itemsSkipped: row.items_skipped,
  itemsMatched: row.items_matched,
  items: row.items.map((id, at) => ({ id, share: row.shares[at] ?? null })),
  documentsCompared: row.documents_compared,
  documentsMatched: row.documents_matched,
  documents: row.documents,
  evidence: formatEventPosition(row.evidence),
});
