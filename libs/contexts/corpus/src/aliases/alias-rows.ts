import type { Fact, Stamp } from '@tributary/contracts';
import type { ColumnarRows, Row } from '@tributary/kernel';
import { digestKey } from './shard-keys.ts';
import { fileKey } from './similar-addresses.ts';

type Alias = Fact<'corpus.alias.declared'>['data'];

/** A rule in one row, a pair in one for each of its addresses: it is found from both. */
export function aliasRows(data: Alias, isDeclared: boolean, stamp: Stamp): Row[] {
  const { kind, address, other, reason, actor } = data;
  const row = { ...stamp, kind, address, other, is_declared: isDeclared, reason, actor };
  return kind === 'pair' ? [row, { ...row, address: other, other: address }] : [row];
}

/** Keys of the shards that a fact names, each of them once. */
export const shardKeyRows = (shards: readonly string[], stamp: Stamp): ColumnarRows => ({
  count: shards.length,
  columns: { ...stamp, key: shards.map(fileKey), shard_id: [...shards] },
});

/** Keys of a shard that is registered: its file, and its digest. */
export function registeredKeyRows(
  { shardId, digest }: Fact<'corpus.shard.registered'>['data'],
  stamp: Stamp,
): Row[] {
  const keys = [fileKey(shardId), ...(digest ? [digestKey(digest)] : [])];
  return keys.map((key) => ({ ...stamp, key, shard_id: shardId }));
}
