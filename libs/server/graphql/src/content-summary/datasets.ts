import { firstListings, snapshotNames } from '@tributary/corpus';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import type { ShardLabel } from '../exposure/shard-labels.ts';

/** A dataset that shards belong to. */
type Dataset = {
  readonly text: string;
  readonly link: string | null;
  /** The facts that say so, beside the registrations of the shards. */
  readonly evidence: ReadonlySet<number>;
};

/** Shards of which listings are read at once. */
const SHARDS = 5_000;

/** The labels of shards with a key of their dataset in place of the source, and the datasets by their keys. */
export type Datasets = {
  readonly labels: ReadonlyMap<string, ShardLabel>;
  readonly datasets: ReadonlyMap<string, Dataset>;
};

/**
 * The dataset of each shard: the package that it was made from, else the snapshot that listed it first, under its own id or
 * one of the same data. A shard with none of these has no dataset: its address says where it lies, not what it is.
 */
export async function datasetsOf(
  reader: SqlReader,
  labels: ReadonlyMap<string, ShardLabel>,
  as_of: LogPosition,
): Promise<Datasets> {
  const open = [...labels].flatMap(([shard, { source, members }]) =>
    source === null ? [shard, ...members] : [],
  );
  const listings = await listingsOf(reader, [...new Set(open)], as_of);
  const snapshot_ids = [...new Set([...listings.values()].map(({ snapshot_id }) => snapshot_id))];
  const registered =
    snapshot_ids.length === 0 ? [] : await reader.all(snapshotNames, { snapshot_ids, as_of });
  const snapshots = new Map(registered.map((row) => [row.snapshot_id, row]));
  const datasets = new Map<string, Dataset & { readonly evidence: Set<number> }>();
  const named = [...labels].map(([shard, label]): [string, ShardLabel] => {
    const listing = listings.get(shard) ?? firstOf(label.members, listings);
    const snapshot = listing && snapshots.get(listing.snapshot_id);
    const dataset = datasetOf(label, listing, snapshot);
    if (!dataset) return [shard, { ...label, source: null }];
    const { key, text, link } = dataset;
    const { evidence } = datasets.get(key) ?? { evidence: new Set<number>() };
    for (const fact of [listing?.evidence, snapshot?.evidence]) if (fact !== undefined) evidence.add(fact);
    datasets.set(key, { text, link, evidence });
    return [shard, { ...label, source: key }];
  });
  return { labels: new Map(named), datasets };
}

type Listing = RowOf<typeof firstListings>;

async function listingsOf(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<Map<string, Listing>> {
  const listings = new Map<string, Listing>();
  for (let from = 0; from < shards.length; from += SHARDS) {
    const shard_ids = shards.slice(from, from + SHARDS);
    for (const row of await reader.all(firstListings, { shard_ids, as_of })) listings.set(row.shard_id, row);
  }
  return listings;
}

/** The first listing of any of the shards. */
const firstOf = (shards: readonly string[], listings: ReadonlyMap<string, Listing>): Listing | undefined =>
  shards
    .flatMap((shard) => listings.get(shard) ?? [])
    .toSorted(
      (left, right) => left.recorded - right.recorded || (left.snapshot_id < right.snapshot_id ? -1 : 1),
    )[0];

type Registered = { readonly uri: string; readonly evidence: number };

type Named = { readonly key: string; readonly text: string; readonly link: string | null };

function datasetOf(
  { source }: ShardLabel,
  listing: Listing | undefined,
  snapshot: Registered | undefined,
): Named | undefined {
  if (source !== null) return { key: `package ${source}`, text: source, link: null };
  if (!listing) return undefined;
  const text = listing.snapshot_id;
  const link = withoutCredentials(snapshot?.uri ?? '');
  return { key: `snapshot ${text}`, text, link: link === '' ? null : link };
}

/** An address without the user and password that may stand before its host. */
export const withoutCredentials = (uri: string): string =>
  uri.replace(/^([a-z][a-z0-9+.-]{0,31}:\/\/)[^/?#]*@/i, '$1');
