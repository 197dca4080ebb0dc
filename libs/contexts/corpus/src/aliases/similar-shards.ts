import { groupBy, nextTurn } from '@tributary/kernel';
import type { LogPosition, SqlReader } from '@tributary/kernel';
import { formerDigests, shardDigests, shardsWithKeys } from '../queries.ts';
import { digestKey, digestsDiffer, provesEquality } from './shard-keys.ts';
import { addressFrom, fileKey, lookAlike } from './similar-addresses.ts';

/** A shard that may be the same as one, and that nothing says is. */
type SimilarShard = {
  readonly shard: string;
  readonly other: string;
  /** What they have in common. */
  readonly by: 'address' | 'checksum' | 'former_digest';
};

/** Shards that are compared by one file name or checksum. */
const COMPARED = 10_000;

/** Shards that are compared altogether. */
const COMPARED_IN_ALL = 200_000;

/** Addresses that are compared before others have their turn. */
const PORTION = 5_000;

/** Shards that are looked at for others. */
const LOOKED_AT = 2_000;

/** Similar shards, and why there may be more of them. */
export type SimilarShards = { readonly found: readonly SimilarShard[]; readonly truncation?: string };

/**
 * Shards whose addresses look like those of others, or that share a checksum, in the order of their ids. Those whose digests
 * differ are not the same and left out, unless they were equal at some time: then both may have been consumed. The shards
 * themselves are left out too: `shards` has all aliases.
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
  const add = (key: string, shard: string): void => {
    const known = byKey.get(key);
    if (known) known.push(shard);
    else byKey.set(key, [shard]);
  };
  for (const shard of asked) add(fileKey(shard), shard);
  const proving = new Set<string>();
  for (const { shard_id, ...digest } of await reader.all(formerDigests, { shard_ids: asked, as_of })) {
    add(digestKey(digest), shard_id);
    if (provesEquality(digest)) proving.add(digestKey(digest));
  }
  const near = await reader.all(shardsWithKeys, { keys: [...byKey.keys()], most: COMPARED, as_of });
  const own = new Set(shards);
  const found = await lookingAlike(
    near.filter(({ shard_id }) => !own.has(shard_id)),
    { byKey, proving },
  );
  const others = await digestsOf(
    reader,
    found.map(({ other }) => other),
    as_of,
  );
  const open = found.filter(({ shard, other, by }) => {
    const [one, two] = [digests.get(shard), others.get(other)];
    return by === 'former_digest' ? !isEqual(one, two) : !differ(one, two);
  });
  const listed = new Map(open.map((one) => [one.other, one]));
  const truncation = truncationOf(shards.length, near);
  return {
    found: [...listed.values()].toSorted((left, right) => (left.other < right.other ? -1 : 1)),
    ...(truncation !== undefined && { truncation }),
  };
}

type Keyed = { readonly key: string; readonly shard_id: string };

/** Those that look like one of the shards with the same key; of a key that is a digest, all. */
async function lookingAlike(
  near: readonly Keyed[],
  { byKey, proving }: { readonly byKey: Map<string, string[]>; readonly proving: ReadonlySet<string> },
): Promise<SimilarShard[]> {
  const found: SimilarShard[] = [];
  const addresses = new Map([...byKey.values()].flat().map((shard) => [shard, addressFrom(shard)]));
  let compared = 0;
  for (const { key, shard_id: other } of near) {
    const shards = byKey.get(key) ?? [];
    if (key.startsWith('digest:')) {
      found.push({ shard: shards[0] ?? '', other, by: proving.has(key) ? 'former_digest' : 'checksum' });
      continue;
    }
    const address = addressFrom(other);
    const shard = shards.find((one) => lookAlike(addresses.get(one) ?? address, address));
    if (shard !== undefined) found.push({ shard, other, by: 'address' });
    compared += shards.length;
    if (compared < PORTION) continue;
    compared = 0;
    await nextTurn();
  }
  return found;
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

const isEqual = (one: Digest | undefined, other: Digest | undefined): boolean =>
  one !== undefined && other !== undefined && digestKey(one) === digestKey(other);

const differ = (one: Digest | undefined, other: Digest | undefined): boolean =>
  one !== undefined && other !== undefined && digestsDiffer(one, other);
