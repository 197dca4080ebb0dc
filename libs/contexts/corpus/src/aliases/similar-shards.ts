import { groupBy } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { shardDigests, shardsWithKeys } from '../queries.ts';
import { digestKey, fileKey, looksAlike, provesEquality } from './shard-keys.ts';

/** A shard that may be the same as one, and that nothing says is. */
type SimilarShard = {
  readonly shard: string;
  readonly other: string;
  /** What they have in common. */
  readonly by: 'address' | 'checksum';
};

/** Shards that are compared by one file name or checksum. */
const COMPARED = 10_000;

/** Shards that are compared altogether. */
const COMPARED_IN_ALL = 200_000;

/** Shards that are looked at for others. */
const LOOKED_AT = 2_000;

/** Similar shards, and why there may be more of them. */
export type SimilarShards = { readonly found: readonly SimilarShard[]; readonly truncation?: string };

/**
 * Shards whose addresses look like those of others, or that share a checksum of 64 bits, in the order of their ids. Those
 * whose digests differ are not the same and left out, as are the shards themselves: `shards` has all aliases.
 */
export async function similarShards(
  reader: SqlReader,
  shards: readonly string[],
  as_of: LogPosition,
): Promise<SimilarShards> {
  if (shards.length === 0) return { found: [] };
  const asked = shards.slice(0, LOOKED_AT);
  const digests = await digestsOf(reader, asked, as_of);
  const byKey = new Map<string, string[]>();
  for (const shard of asked) {
    const digest = digests.get(shard);
    const checksum = digest && !provesEquality(digest) ? [digestKey(digest)] : [];
    for (const key of [fileKey(shard), ...checksum]) byKey.set(key, [...(byKey.get(key) ?? []), shard]);
  }
  const near = await reader.all(shardsWithKeys, { keys: [...byKey.keys()], most: COMPARED, as_of });
  const own = new Set(shards);
  const found = near
    .filter(({ shard_id }) => !own.has(shard_id))
    .flatMap(({ key, shard_id: other }): SimilarShard[] => {
      if (key.startsWith('digest:')) return [{ shard: byKey.get(key)?.[0] ?? '', other, by: 'checksum' }];
      const shard = byKey.get(key)?.find((one) => looksAlike(one, other));
      return shard === undefined ? [] : [{ shard, other, by: 'address' }];
    });
  const others = await digestsOf(
    reader,
    found.map(({ other }) => other),
    as_of,
  );
  const open = found.filter(({ shard, other }) => !differ(digests.get(shard), others.get(other)));
  const listed = new Map(open.map((one) => [one.other, one]));
  const truncation = truncationOf(shards.length, near);
  return {
    found: [...listed.values()].toSorted((left, right) => (left.other < right.other ? -1 : 1)),
    ...(truncation !== undefined && { truncation }),
  };
}

function truncationOf(shards: number, near: readonly { readonly key: string }[]): string | undefined {
  if (shards > LOOKED_AT) return `only ${LOOKED_AT} of ${shards} shards were compared with other addresses`;
  if (near.length >= COMPARED_IN_ALL)
    return `only ${COMPARED_IN_ALL} addresses were compared with the shards`;
  const isCut = [...groupBy(near, ({ key }) => key).values()].some((own) => own.length >= COMPARED);
  return isCut ? `only ${COMPARED} addresses of one file name were compared with the shards` : undefined;
}

type Digest = { readonly algorithm: string; readonly value: string };

async function digestsOf(
  reader: SqlReader,
  shard_ids: string[],
  as_of: LogPosition,
): Promise<Map<string, Digest>> {
  if (shard_ids.length === 0) return new Map();
  const rows = await reader.all(shardDigests, { shard_ids, as_of });
  return new Map(rows.map((row) => [row.shard_id, row]));
}

const differ = (one: Digest | undefined, other: Digest | undefined): boolean =>
  one !== undefined && other !== undefined && one.algorithm === other.algorithm && one.value !== other.value;
