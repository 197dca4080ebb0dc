import { sameShards, shardLabels } from '@tributary/corpus';
import type { Doubt, SameShards } from '@tributary/corpus';
import { appendAll } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';

type Recorded = RowOf<typeof shardLabels>;

/** What a shard is grouped by; what is not recorded of it is that of a shard which is the same data. */
export type ShardLabel = Recorded & {
  /** The shard that stands for all that are the same, of those that were asked about. */
  readonly address: string;
  /** All shards that are the same, with itself. */
  readonly members: readonly string[];
  readonly doubts: readonly Doubt[];
};

/** Shards of which labels are read at once. */
const SHARDS = 5_000;

type Asked = { readonly attribute: string; readonly as_of: LogPosition };

/** Size, licence, source and value of an attribute of shards, by their ids. The empty id is of none. */
export const labelsOf = async (
  reader: SqlReader,
  shards: readonly string[],
  { attribute, as_of }: Asked,
): Promise<Map<string, ShardLabel>> => (await labelReader(reader, shards, as_of))(shards, attribute);

/** Reads labels of some of the shards. */
export type LabelReader = (shards: readonly string[], attribute: string) => Promise<Map<string, ShardLabel>>;

/** Reads labels of shards, of which it finds once which are the same. */
export async function labelReader(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<LabelReader> {
  const same = await sameShards(reader, distinct(shards), as_of);
  return async (some, attribute) => {
    const named = distinct(some);
    if (named.length === 0) return new Map();
    const all = [...new Set(named.flatMap((shard) => same.members(shard)))];
    const recorded = new Map(
      (await recordedLabels(reader, all, { attribute, as_of })).map((label) => [label.shard_id, label]),
    );
    const isNamed = new Set(named);
    return new Map(named.map((shard) => [shard, labelOf(shard, { same, recorded, isNamed })]));
  };
}

const distinct = (shards: readonly string[]): string[] =>
  [...new Set(shards)].filter((shard) => shard !== '');

async function recordedLabels(
  reader: SqlReader,
  shards: readonly string[],
  { attribute, as_of }: Asked,
): Promise<Recorded[]> {
  const labels: Recorded[] = [];
  for (let from = 0; from < shards.length; from += SHARDS) {
    const shard_ids = shards.slice(from, from + SHARDS);
    appendAll(labels, await reader.all(shardLabels, { shard_ids, attribute, as_of }));
  }
  return labels;
}

type Known = {
  readonly same: SameShards;
  readonly recorded: ReadonlyMap<string, Recorded>;
  readonly isNamed: ReadonlySet<string>;
};

function labelOf(shard: string, { same, recorded, isNamed }: Known): ShardLabel {
  const members = same.members(shard);
  const [own] = [recorded.get(shard)];
  const others = members.flatMap((member) => (member === shard ? [] : (recorded.get(member) ?? [])));
  const known = [...(own ? [own] : []), ...others.toSorted(newestFirst)];
  const first = <Value>(of: (label: Recorded) => Value | null): Value | null =>
    known.map(of).find((value) => value !== null) ?? null;
  const sized = known.find(({ tokens }) => tokens !== null);
  const measured = known.find(({ buckets }) => buckets.length > 0);
  return {
    shard_id: shard,
    tokens: sized?.tokens ?? null,
    tokens_method: sized?.tokens_method ?? '',
    licence: first(({ licence }) => licence),
    source: first(({ source }) => source),
    buckets: measured?.buckets ?? [],
    method: measured?.method ?? '',
    evidence: [...new Set(known.flatMap(({ evidence }) => evidence))],
    address: members.find((member) => isNamed.has(member)) ?? shard,
    members,
    doubts: same.doubts(shard),
  };
}

/** By the last of their facts, then by id. */
const newestFirst = (left: Recorded, right: Recorded): number =>
  lastOf(right) - lastOf(left) || (left.shard_id < right.shard_id ? -1 : 1);

const lastOf = ({ evidence }: Recorded): number =>
  evidence.reduce((last, position) => Math.max(last, position), 0);
