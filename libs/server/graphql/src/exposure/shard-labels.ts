import { shardLabels } from '@tributary/corpus';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import type { ShardLabel } from './groups.ts';

/** Shards of which labels are read at once. */
const SHARDS = 5_000;

/** Size, licence, source and value of an attribute of shards, by their ids. The empty id is of none. */
export async function labelsOf(
  reader: SqlReader,
  shards: readonly string[],
  { attribute, as_of }: { readonly attribute: string; readonly as_of: LogPosition },
): Promise<Map<string, ShardLabel>> {
  const labels = new Map<string, ShardLabel>();
  const named = [...new Set(shards)].filter((shard) => shard !== '');
  for (let from = 0; from < named.length; from += SHARDS) {
    const shard_ids = named.slice(from, from + SHARDS);
    for (const label of await reader.all(shardLabels, { shard_ids, attribute, as_of }))
      labels.set(label.shard_id, label);
  }
  return labels;
}
