import type { WalkedEdge } from './neighbours.ts';

/** Kinds whose stubs end the graph by nature: what is outside has an address and nothing above it here. */
const OUTSIDE: ReadonlySet<string> = new Set(['source', 'uri', 'actor', 'dataset', 'job', 'slice']);

/** How many of them a reason names. */
const NAMED = 5;

type Node = { readonly node: string; readonly node_kind: string; readonly is_registered: number };

/**
 * Why an answer about what lies upstream may change: nodes whose own sources are not recorded, and runs that consumed a
 * slice without naming its shards. Undefined where there are none.
 */
export function unresolvedReason(
  nodes: readonly Node[],
  edges: readonly Pick<WalkedEdge, 'source' | 'target' | 'kind'>[],
): string | undefined {
  const registered = new Set(nodes.flatMap(({ node, is_registered }) => (is_registered === 1 ? node : [])));
  const aliases = edges
    .filter(({ kind }) => kind === 'same_as')
    .map(({ source, target }) => [source, target]);
  /* An unregistered address of a shard that is registered under another one. */
  const known = new Set(aliases.filter((ends) => ends.some((end) => registered.has(end))).flat());
  const open = nodes.filter(
    ({ node, node_kind, is_registered }) =>
      is_registered === 0 && !OUTSIDE.has(node_kind) && !(node_kind === 'shard' && known.has(node)),
  );
  const vague = edges.filter(({ kind }) => kind === 'may_have_consumed');
  const reasons = [
    ...(open.length > 0
      ? [`what lies upstream of ${listed(open.map(({ node }) => node))} is not recorded`]
      : []),
    ...(vague.length > 0
      ? [
          `consumed without naming shards: ${listed(vague.map(({ source, target }) => `${source} by ${target}`))}`,
        ]
      : []),
  ];
  return reasons.length > 0 ? reasons.join('; ') : undefined;
}

function listed(names: readonly string[]): string {
  const sorted = [...new Set(names)].toSorted();
  const rest = sorted.length - NAMED;
  return `${sorted.slice(0, NAMED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
