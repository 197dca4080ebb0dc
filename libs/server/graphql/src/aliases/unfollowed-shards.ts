import { similarShards } from '@tributary/corpus';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { nodes } from '@tributary/lineage';
import { evidenceOf } from '../answer.ts';
import { UnfollowedKind } from '../generated/schema.ts';
import type { Unfollowed } from '../generated/schema.ts';
import { doubtsOf, similarOf } from './alias-answers.ts';
import type { ListedDoubt } from './alias-answers.ts';

const PREFIX = 'shard:';

/** The ids of those nodes that are shards. */
export const shardsAmong = (nodes: readonly string[]): string[] =>
  nodes.flatMap((node) => (node.startsWith(PREFIX) ? node.slice(PREFIX.length) : []));

type Reached = { readonly shards: readonly string[]; readonly doubts: readonly ListedDoubt[] };

/** What could not be followed of the shards that an answer reached, and why there may be more of it. */
export async function unfollowedShards(
  reader: SqlReader,
  { shards, doubts }: Reached,
  as_of: LogPosition,
): Promise<{ readonly unfollowed: readonly Unfollowed[]; readonly truncation: string | undefined }> {
  const distinct = [...new Set(shards)];
  const similar = await similarShards(reader, distinct, as_of);
  const plain = await plainAddresses(reader, distinct, as_of);
  const unfollowed = [...doubtsOf(doubts), ...similarOf(similar), ...plain];
  return { unfollowed, truncation: similar.truncation };
}

/** Shards that a source or step names by their address alone: that is another node, which nothing joins. */
async function plainAddresses(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<Unfollowed[]> {
  if (shards.length === 0) return [];
  const named = await reader.all(nodes, { nodes: shards.map((shard) => `uri:${shard}`), as_of });
  return named.map(({ node, evidence }) => ({
    kind: UnfollowedKind.Similar,
    ids: [`shard:${node.slice('uri:'.length)}`, node],
    text: `${node} is named by its address and not as a shard, and is not joined with the shard of this address`,
    evidence: evidenceOf(evidence),
  }));
}
