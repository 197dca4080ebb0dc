import { groupBy } from '@tributary/kernel';
import type { FactCatalogue } from '@tributary/contracts';
import type { ShardPath } from '../listed-members.ts';
import { tokensDeclaredIn } from '../naming.ts';
import type { CommentedText } from '../yaml-config.ts';

type SnapshotSource = NonNullable<FactCatalogue['corpus.snapshot.registered']['sources']>[number];

/** A group of paths below a comment: `#SOURCE: <address> (58.55BT)`, or text such as `Wikipedia`. */
export type SourceGroup = {
  readonly comment: string;
  readonly address?: string;
  readonly declaredTokens?: number;
  readonly lines: number;
};

const SOURCE = /^SOURCE:?\s*(?<address>\S+)/i;

export type GroupedPaths = {
  readonly shards: readonly ShardPath[];
  readonly groups: readonly SourceGroup[];
};

/**
 * Assigns each path to the group of the comment above it. A `#SOURCE` group only includes paths below its address. If
 * several comments precede a path, the last one decides.
 */
export function groupedPaths(paths: readonly CommentedText[]): GroupedPaths {
  const groups = new Map<number, SourceGroup>();
  let current = -1;
  const shards = paths.map(({ text, comments }, index): ShardPath => {
    const comment = comments.at(-1);
    if (comment !== undefined) {
      current = index;
      groups.set(current, groupOf(comment));
    }
    const group = groups.get(current);
    if (!group || (group.address !== undefined && !text.startsWith(group.address))) return { path: text };
    groups.set(current, { ...group, lines: group.lines + 1 });
    return { path: text, label: group.address ?? group.comment };
  });
  return { shards, groups: [...groups.values()] };
}

function groupOf(comment: string): SourceGroup {
  const address = SOURCE.exec(comment)?.groups?.['address'];
  const declaredTokens = tokensDeclaredIn(comment);
  return {
    comment,
    ...(address !== undefined && { address }),
    ...(declaredTokens !== undefined && { declaredTokens }),
    lines: 0,
  };
}

export function sourcesOf(groups: readonly SourceGroup[]): SnapshotSource[] {
  const addresses = groups.flatMap(({ address }) => address ?? []);
  return [...groupBy(addresses, (address) => address)].map(([address, { length }]) => ({
    kind: 'uri',
    ref: address.slice(0, 2048),
    multiplicity: length,
  }));
}
