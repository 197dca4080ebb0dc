import { sameShards, similarShards } from '@tributary/corpus';
import { appendAll } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
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

/** Shards that a source or step names by one of their addresses alone: that is another node, which nothing joins. */
async function plainAddresses(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<Unfollowed[]> {
  if (shards.length === 0) return [];
  const same = await sameShards(reader, shards, as_of);
  const shardOf = new Map<string, string>(
    shards.flatMap((shard) => same.addresses(shard).map((address) => [`${PLAIN}${address}`, shard])),
  );
  for (const shard of shards) shardOf.set(`${PLAIN}${shard}`, shard);
  const named: RowOf<typeof nodes>[] = [];
  const plain = [...shardOf.keys()];
  for (let from = 0; from < plain.length; from += AT_ONCE)
    appendAll(named, await reader.all(nodes, { nodes: plain.slice(from, from + AT_ONCE), as_of }));
  return named.map(({ node, evidence }) => ({
    kind: UnfollowedKind.Similar,
    ids: [`${PREFIX}${shardOf.get(node) ?? ''}`, node],
    text: `${node} is named by its address and not as a shard, and is not joined with the shard of this address`,
    evidence: evidenceOf(evidence),
  }));
}

const PLAIN = 'uri:';
/** Nodes that one query may name. */
const AT_ONCE = 2_000;
