import { createHash } from 'node:crypto';
import type { Member } from '../facts/add-members.ts';
import { truncateName } from '../facts/text.ts';
import { sliceName } from '../facts/slice-names.ts';

/** A line of a list of shards: the path, and the label of its group. */
export type ShardPath = { readonly path: string; readonly label?: string };

export type MemberList = {
  /** Each shard once, in the order of first lines. */
  readonly members: readonly Member[];
  readonly references: number;
  /** SHA-256 of the paths in order: equal lists have equal digests. */
  readonly digest: string;
};

/** The distinct shards of a list. Repetitions are the weight of a shard, so they are counted. */
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
  const shardId = truncateName(path, 1024);
  return label === undefined
    ? { shardId, repeats: 1 }
    : { shardId, slice: sliceName(label), label: label.slice(0, 512), repeats: 1 };
}

/** The number of members by how often they are listed. */
export function repeatHistogram({ members }: MemberList): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { repeats } of members) counts[repeats] = (counts[repeats] ?? 0) + 1;
  return counts;
}

/** The number of files by label. It is not a number of tokens. */
export function filesByLabel({ members }: MemberList): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { label = '', repeats } of members) counts.set(label, (counts.get(label) ?? 0) + repeats);
  return Object.fromEntries(counts);
}
