import type { SqlReader } from '@tributary/kernel';
import { walk } from './walk.ts';
import type { Walk, WalkedEdge, WalkRequest } from './walk.ts';

export type PathRequest = Omit<WalkRequest, 'direction'> & { readonly to: string };

/** Edges of a shortest path from one node to another. Empty where there is no path within the budget. */
export type Path = Pick<Walk, 'truncation'> & { readonly edges: readonly WalkedEdge[] };

/** Finds a shortest path downstream from `from` to `to`, by a walk and a search backwards. */
export async function path(reader: SqlReader, { to, ...request }: PathRequest): Promise<Path> {
  const { edges, nodes, truncation } = await walk(reader, { ...request, direction: 'down' });
  const depths = new Map(nodes.map(({ node, depth }) => [node, depth]));
  const found: WalkedEdge[] = [];
  for (let here = to; here !== request.from;) {
    const edge = edges
      .filter(({ target }) => target === here)
      .toSorted(
        (left, right) => (depths.get(left.source) ?? Infinity) - (depths.get(right.source) ?? Infinity),
      )[0];
    if (!edge || found.includes(edge)) return { edges: [], truncation };
    found.unshift(edge);
    here = edge.source;
  }
  return { edges: found, truncation: undefined };
}
