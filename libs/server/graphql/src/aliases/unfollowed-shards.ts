import { similarShards } from '@tributary/corpus';
import type { Doubt } from '@tributary/corpus';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import type { Unfollowed } from '../generated/schema.ts';
import { doubtsOf, similarOf } from './alias-answers.ts';

const PREFIX = 'shard:';

/** The ids of those nodes that are shards. */
export const shardsAmong = (nodes: readonly string[]): string[] =>
  nodes.flatMap((node) => (node.startsWith(PREFIX) ? node.slice(PREFIX.length) : []));

type Reached = { readonly shards: readonly string[]; readonly doubts: readonly Doubt[] };

/** What could not be followed of the shards that an answer reached, and why there may be more of it. */
export async function unfollowedShards(
  reader: SqlReader,
  { shards, doubts }: Reached,
  as_of: LogPosition,
): Promise<{ readonly unfollowed: readonly Unfollowed[]; readonly truncation: string | undefined }> {
  const similar = await similarShards(reader, [...new Set(shards)], as_of);
  return { unfollowed: [...doubtsOf(doubts), ...similarOf(similar)], truncation: similar.truncation };
}
