import { createHash } from 'node:crypto';
import type { Member } from '../facts/add-members.ts';
import { sliceName } from '../facts/slice-names.ts';

/** A line of a list of shards: the path, and the group that the list puts it in. */
export type ShardPath = { readonly path: string; readonly label?: string };

export type MemberList = {
  /** Every shard once, in the order of its first line. */
  readonly members: readonly Member[];
  readonly references: number;
  /** SHA-256 of the paths in their order: two lists of the same shards have the same. */
  readonly digest: string;
};

/** Repetition is the weight of a shard: it is counted and never dropped. */
export function membersOf(shards: readonly ShardPath[]): MemberList {
  const members = new Map<string, Member>();
  const hash = createHash('sha256');
  for (const { path, label } of shards) {
    hash.update(`${path}\n`);
    const key = `${label ?? ''}\n${path}`;
    const known = members.get(key);
    if (known) known.repeats += 1;
    else members.set(key, memberOf(path, label));
  }
  return { members: [...members.values()], references: shards.length, digest: hash.digest('hex') };
}

function memberOf(path: string, label: string | undefined): Member {
  const shardId = path.slice(0, 1024);
  return label === undefined
    ? { shardId, repeats: 1 }
    : { shardId, slice: sliceName(label), label: label.slice(0, 512), repeats: 1 };
}

/** How many members are listed once, twice and so on. */
export function repeatHistogram({ members }: MemberList): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { repeats } of members) counts[repeats] = (counts[repeats] ?? 0) + 1;
  return counts;
}

/** Members by label; files, not tokens. */
export function filesByLabel({ members }: MemberList): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { label = '', repeats } of members) counts.set(label, (counts.get(label) ?? 0) + repeats);
  return Object.fromEntries(counts);
}
