import type { LogPosition, SqlReader } from '@tributary/kernel';
import { findAddresses } from './find-addresses.ts';
import { classesOf, TOO_MANY_RULES } from './address-classes.ts';
import type { AddressClass, Doubt, Join } from './address-classes.ts';

/** Shards that are the same data as some others, as of a position of the log. */
export type SameShards = {
  /** How a shard is joined with each of the others that are the same; empty where it is alone. */
  joins(shard: string): readonly Join[];
  /** The shards that are the same as one, with itself, in the order of their ids. */
  members(shard: string): readonly string[];
  /** The addresses of a shard: of those, and what rules make of them that no fact names as a shard. */
  addresses(shard: string): readonly string[];
  /** What is declared of a shard and does not hold, or could not be followed. */
  doubts(shard: string): readonly Doubt[];
};

/**
 * Finds which shards are the same as some: those with an equal digest of their bytes, and those that aliases join, in any
 * number of steps. An address that no fact names is a step of the way and no shard. In a log without aliases and digests
 * it reads nothing but the keys of the shards.
 */
export async function sameShards(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<SameShards> {
  if (shards.length === 0) return NOTHING;
  const found = await findAddresses(reader, shards, as_of);
  const classes = await classesOf(found);
  const more = found.hasMoreRules ? [TOO_MANY_RULES] : [];
  const ofShard = (shard: string): AddressClass | undefined => classes.get(shard);
  return {
    joins: (shard) => ofShard(shard)?.joins(shard) ?? [],
    members: (shard) => ofShard(shard)?.shards ?? [shard],
    addresses: (shard) => ofShard(shard)?.addresses ?? [shard],
    doubts: (shard) => [...(ofShard(shard)?.doubts ?? []), ...more],
  };
}

const NOTHING: SameShards = {
  joins: () => [],
  members: (shard) => [shard],
  addresses: (shard) => [shard],
  doubts: () => [],
};
