import type { WalkedEdge } from './neighbours.ts';

/**
 * Sets of nodes that are derived from themselves: strongly connected components of more than one node, and nodes with an
 * edge to themselves, in order of their ids (Tarjan 1972). Aliases of a dataset are no derivation.
 */
export function cyclesIn(edges: readonly Pick<WalkedEdge, 'source' | 'target' | 'kind'>[]): string[][] {
  const next = new Map<string, string[]>();
  for (const { source, target, kind } of edges)
    if (kind !== 'same_as') next.set(source, [...(next.get(source) ?? []), target]);
  const search: Search = { next, index: new Map(), low: new Map(), open: [], found: [] };
  for (const node of next.keys()) if (!search.index.has(node)) connect(search, node);
  return search.found.toSorted(([left = ''], [right = '']) => (left < right ? -1 : 1));
}

type Search = {
  readonly next: ReadonlyMap<string, readonly string[]>;
  readonly index: Map<string, number>;
  readonly low: Map<string, number>;
  readonly open: string[];
  readonly found: string[][];
};

function connect(search: Search, node: string): void {
  const { next, index, low, open, found } = search;
  index.set(node, index.size);
  low.set(node, index.size - 1);
  open.push(node);
  for (const other of next.get(node) ?? []) {
    if (!index.has(other)) connect(search, other);
    else if (!open.includes(other)) continue;
    low.set(node, Math.min(low.get(node) ?? 0, low.get(other) ?? 0));
  }
  if (low.get(node) !== index.get(node)) return;
  const component = open.splice(open.indexOf(node));
  const isCycle = component.length > 1 || (next.get(node) ?? []).includes(node);
  if (isCycle) found.push(component.toSorted());
}
