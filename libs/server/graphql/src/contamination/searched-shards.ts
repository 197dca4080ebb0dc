import {
  contaminationFound,
  contaminationSearches,
  digestsDiffer,
  sameShards,
  shardDigests,
} from '@tributary/corpus';
import type { Doubt, Join } from '@tributary/corpus';
import { formatEventPosition, groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { valueOf } from '../closed-set.ts';
import { ContaminationSearchKind, GramOf, Method, SearchOutcome } from '../generated/schema.ts';
import type { ContaminationSearch } from '../generated/schema.ts';
import { inParts } from './in-parts.ts';

/** A search. */
type Search = FoundSearch & {
  /** Whether items were looked for, and not only a canary string. */
  readonly isForItems: boolean;
  /** Whether the whole shard was searched for items, as the bytes that it is registered with if any are. */
  readonly isWhole: boolean;
};

/** Shards that are the same data, of those that were asked about. */
export type SearchedShard = {
  /** The one that stands for all. */
  readonly address: string;
  /** Those that were asked about, with the address. */
  readonly named: readonly string[];
  readonly joins: readonly Join[];
  readonly doubts: readonly Doubt[];
  readonly searches: readonly Search[];
  /** Positions of the registrations whose digests were compared with those of the searched bytes. */
  readonly registered: readonly number[];
  readonly outcome: SearchOutcome;
  /** Whether one of the searches is of a whole shard. */
  readonly isWhole: boolean;
};

type Asked = {
  readonly benchmark: string;
  readonly version: string | null;
  readonly as_of: LogPosition;
};

/** What searches of shards found, by the shard: a search of one holds for all that are the same data. */
export async function searchedShards(
  reader: SqlReader,
  shards: readonly string[],
  asked: Asked,
): Promise<ReadonlyMap<string, SearchedShard>> {
  const { as_of } = asked;
  const named = [...new Set(shards)].toSorted();
  const same = await sameShards(reader, named, as_of);
  const all = [...new Set(named.flatMap((shard) => same.members(shard)))];
  const found = await inParts(all, (shard_ids) => reader.all(contaminationSearches, { ...asked, shard_ids }));
  const byShard = groupBy(found, ({ shard_id }) => shard_id);
  const digested = found.filter(({ value }) => value !== '').flatMap(({ shard_id: id }) => same.members(id));
  const digests = await registeredDigests(reader, [...new Set(digested)], as_of);
  const isNamed = new Set(named);
  const searched = new Map<string, SearchedShard>();
  for (const shard of named) {
    if (searched.has(shard)) continue;
    const members = same.members(shard);
    const own = members.filter((member) => isNamed.has(member));
    const registered = members.flatMap((member) => digests.get(member) ?? []);
    const searches = classified(
      members.flatMap((member) => byShard.get(member) ?? []),
      registered,
    );
    const one: SearchedShard = {
      address: own[0] ?? shard,
      named: own,
      joins: same.joins(shard),
      doubts: same.doubts(shard),
      searches: searches.toSorted((left, right) => right.evidence - left.evidence),
      registered: registered.map(({ evidence }) => evidence),
      outcome: outcomeOf(searches),
      isWhole: searches.some(({ isWhole }) => isWhole),
    };
    for (const member of own) searched.set(member, one);
  }
  return searched;
}

type FoundSearch = RowOf<typeof contaminationSearches>;

type Digest = RowOf<typeof shardDigests>;

/** The digests that shards are registered with. */
async function registeredDigests(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<ReadonlyMap<string, Digest>> {
  const rows = await inParts(shards, (shard_ids) => reader.all(shardDigests, { shard_ids, as_of }));
  return new Map(rows.map((row) => [row.shard_id, row]));
}

/** A string that says that a text is of a benchmark. Where it is missing, items can be there without it. */
const CANARY: string = ContaminationSearchKind.Canary;

/** Searches, with whether each is one of the whole shard. */
const classified = (searches: readonly FoundSearch[], registered: readonly Digest[]): Search[] =>
  searches.map((search) => {
    const isForItems = search.kind !== CANARY;
    const isWhole = isForItems && !search.is_part && isOfWholeBytes(search, searches, registered);
    return { ...search, isForItems, isWhole };
  });

/**
 * Whether a search is one of the bytes that a shard is registered with: of an equal digest, and not of another. Digests of two
 * hash functions cannot be compared, so they say nothing of that. Where the shard is not registered, searches of several
 * digests are each of a part, or of another version.
 */
function isOfWholeBytes(
  search: FoundSearch,
  searches: readonly FoundSearch[],
  registered: readonly Digest[],
): boolean {
  if (search.value === '') return true;
  if (registered.length === 0)
    return searches.every((other) => other.value === '' || isSameDigest(search, other));
  return (
    registered.some((digest) => isSameDigest(search, digest)) &&
    !registered.some((digest) => digestsDiffer(search, digest))
  );
}

type AnyDigest = Pick<Digest, 'algorithm' | 'value'>;

const isSameDigest = (one: AnyDigest, other: AnyDigest): boolean =>
  one.algorithm === other.algorithm && one.value === other.value;

/** One search that found something is enough, and without one a search of the whole shard. */
function outcomeOf(searches: readonly Search[]): SearchOutcome {
  if (searches.some(({ items_matched: items }) => items > 0)) return SearchOutcome.Found;
  if (searches.some(({ isWhole }) => isWhole)) return SearchOutcome.NothingFound;
  return searches.length > 0 ? SearchOutcome.NothingFoundInPart : SearchOutcome.NotSearched;
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
  const rows = await inParts(searches, (some) =>
    reader.all(contaminationFound, {
      benchmark,
      shard_ids: [...new Set(some.map(({ shard_id: shard }) => shard))],
      positions: some.map(({ evidence }) => evidence),
      most: MAX_LISTED,
    }),
  );
  const whole = new Map(searches.map(({ evidence, isWhole }) => [evidence, isWhole]));
  return new Map(rows.map((row) => [row.evidence, searchOf(row, whole.get(row.evidence) ?? false)]));
}

const searchOf = (row: RowOf<typeof contaminationFound>, whole: boolean): ContaminationSearch => ({
  shard: row.shard_id,
  version: row.version || null,
  itemsDigest: row.items_digest,
  itemFields: row.item_fields.length > 0 ? row.item_fields : null,
  kind: valueOf(ContaminationSearchKind, row.kind, 'what a search looked for'),
  n: row.gram || null,
  of: row.gram_of === '' ? null : valueOf(GramOf, row.gram_of, 'what n-grams are of'),
  threshold: row.threshold,
  field: row.field || null,
  instrument: row.instrument,
  instrumentVersion: row.instrument_version || null,
  method: valueOf(Method, row.method, 'the method of a search'),
  whole,
  itemsCompared: row.items_compared,
  itemsSkipped: row.items_skipped,
  itemsMatched: row.items_matched,
  items: row.items.map((id, at) => ({ id, share: row.shares[at] ?? null })),
  documentsCompared: row.documents_compared,
  documentsMatched: row.documents_matched,
  documents: row.documents,
  evidence: formatEventPosition(row.evidence),
});
