import { isConsumption } from './neighbours.ts';
import type { Graph, IdentityDoubt, WalkedEdge } from './neighbours.ts';
import { search } from './path-search.ts';
import type { Found } from './path-search.ts';
import { nodes as nodesOf } from './queries.ts';
import { isExtended, MAX_DEPTH, startWalk } from './walk.ts';
import type { StartedWalk, WalkedNode, WalkRequest } from './walk.ts';

export type PathsRequest = Omit<WalkRequest, 'direction'> & {
  readonly to: string;
  /** Paths that are listed, shortest first. */
  readonly maxPaths: number;
};

/** Paths of data from one node to another, shortest first, each as its edges in order. */
export type Paths = {
  readonly paths: readonly (readonly WalkedEdge[])[];
  /** Nodes upstream of the last node that were visited: those are unresolved through which data may come unseen. */
  readonly upstream: readonly WalkedNode[];
  /** Edges that say what runs consumed, of those that were visited. */
  readonly consumption: readonly WalkedEdge[];
  /** Nodes that were visited from either end. */
  readonly visited: readonly string[];
  /** What is in doubt about which of them are one. */
  readonly doubts: readonly IdentityDoubt[];
  /** Why paths may be missing; undefined where all paths of the requested depth are there. */
  readonly truncation: string | undefined;
};

/**
 * All paths downstream from one node to another of at most `depth` edges. Walks from both ends, always on the side with the
 * smaller frontier, until the levels together make the depth: every path is then within what was walked. Nodes repeat in
 * no path.
 */
export async function paths(graph: Graph, { to, maxPaths, ...request }: PathsRequest): Promise<Paths> {
  const depth = Math.min(Math.max(request.depth, 1), MAX_DEPTH);
  const down = startWalk(graph, { ...request, depth, direction: 'down' });
  const up = startWalk(graph, { ...request, depth, from: to, direction: 'up' });
  while (down.level + up.level < depth && down.frontier.length > 0 && up.frontier.length > 0) {
    const [nearer, other] = down.frontier.length <= up.frontier.length ? [down, up] : [up, down];
    if (!(await isExtended(nearer)) && !(await isExtended(other))) break;
  }
  const isOpen = down.frontier.length > 0 && up.frontier.length > 0;
  /* What lies further up is no longer needed for paths, but an unresolved source there could be the way of one more. */
  while (await isExtended(up)) continue;
  const edges = new Map([...down.state.edges, ...up.state.edges]);
  const found = search({ from: request.from, to, edges: [...edges.values()], depth, maxPaths });
  const known = await graph.reader.all(nodesOf, { nodes: [...up.state.depths.keys()], as_of: graph.asOf });
  return {
    paths: found.paths,
    upstream: known.map((node) => ({ ...node, depth: up.state.depths.get(node.node) ?? 0 })),
    consumption: [...edges.values()].filter(isConsumption),
    visited: [...new Set([...down.state.depths.keys(), ...up.state.depths.keys()])],
    doubts: [...down.state.doubts, ...up.state.doubts],
    truncation: truncationOf({ down, up, depth, isOpen }, found),
  };
}

type Ends = {
  readonly down: StartedWalk;
  readonly up: StartedWalk;
  readonly depth: number;
  /** Whether both walks could have gone on beyond the depth. */
  readonly isOpen: boolean;
};

function truncationOf(
  { down, up, depth, isOpen }: Ends,
  { paths: found, cut: cutBy }: Found,
): string | undefined {
  const cut = down.state.truncation ?? up.state.truncation;
  if (cut !== undefined) return `paths may be missing: ${cut}`;
  if (cutBy === 'edges') return `paths may be missing: ${tooMany(found.length)}`;
  if (cutBy === 'paths')
    return `there are more paths than the ${found.length} that are listed; raise their number, or limit the kinds`;
  return found.length === 0 && isOpen
    ? `no path of at most ${depth} edges; a longer one was not looked for`
    : undefined;
}

function tooMany(paths: number): string {
  const missed =
    paths === 0 ? 'not every path' : 'not every path that is as long as the last one listed, or longer,';
  return `there are too many beginnings to follow each of them, so ${missed} was looked for; limit the kinds, or ask for a smaller depth`;
}
