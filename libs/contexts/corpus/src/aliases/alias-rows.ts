import type { Fact, Stamp } from '@tributary/contracts';
import type { ColumnarRows, Row } from '@tributary/kernel';
import { digestKey, fileKey } from './shard-keys.ts';

type Alias = Fact<'corpus.alias.declared'>['data'];

/** A rule in one row, a pair in one for each of its addresses: it is found from both. */
export function aliasRows(data: Alias, isDeclared: boolean, stamp: Stamp): Row[] {
  const { kind, address, other, reason, actor } = data;
  const row = { ...stamp, kind, address, other, is_declared: isDeclared, reason, actor };
  return kind === 'pair' ? [row, { ...row, address: other, other: address }] : [row];
}

/** Keys of the shards that a fact names. */
export function shardKeyRows(shards: Iterable<string>, stamp: Stamp): ColumnarRows {
  const distinct = [...new Set(shards)];
  return {
    count: distinct.length,
    columns: { ...stamp, key: distinct.map(fileKey), shard_id: distinct },
  };
}

/** Keys of a shard that is registered: its file, and its digest. */
export function registeredKeyRows(
  { shardId, digest }: Fact<'corpus.shard.registered'>['data'],
  stamp: Stamp,
): Row[] {
  const keys = [fileKey(shardId), ...(digest ? [digestKey(digest)] : [])];
  return keys.map((key) => ({ ...stamp, key, shard_id: shardId }));
}
