import { sameShards } from '@tributary/corpus';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import type { IdentityFinder } from '@tributary/lineage';

const PREFIX = 'shard:';

/** What the corpus says to be the same, as nodes of the lineage graph, and what of that is in doubt. */
export const shardIdentity =
  (reader: SqlReader, as_of: LogPosition): IdentityFinder =>
  async (nodes) => {
    const shards = nodes.map((node) => node.slice(PREFIX.length));
    const same = await sameShards(reader, shards, as_of);
    const identities = shards.flatMap((shard) =>
      same.joins(shard).map(({ other, basis, evidence }) => ({
        node: `${PREFIX}${shard}`,
        other: `${PREFIX}${other}`,
        basis,
        evidence,
      })),
    );
    return { identities, doubts: shards.flatMap((shard) => same.doubts(shard)) };
  };
