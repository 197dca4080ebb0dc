import { appendAll } from '@tributary/kernel';
import type { RowOf } from '@tributary/kernel';
import { countsAt, edgesAt, identitiesAt } from './neighbours.ts';
import type { Graph, IdentityDoubt, NeighbourCount, WalkedEdge } from './neighbours.ts';
import { nodes as nodesOf } from './queries.ts';
import type { Way } from './queries.ts';
import { noBounds, stepBounds } from './step-bounds.ts';
import type { StepBounds } from './step-bounds.ts';

export const MAX_DEPTH = 10;
export const MAX_NODES = 2_000;

/** Edges that one query for neighbours reads, for each node of the budget. */
const EDGES_PER_NODE = 2;

/** Nodes whose neighbours are counted where the walk leaves some of them out. */
const MAX_COUNTED = 100;

export type Direction = Way | 'both';

export type WalkRequest = {
  readonly from: string;
  /** Further nodes that the walk starts from. One that starts from more nodes than it may visit goes no further. */
  readonly alsoFrom?: readonly string[];
  readonly direction: Direction;
  /** At most MAX_DEPTH hops, and MAX_NODES nodes. */
  readonly depth: number;
  readonly maxNodes: number;
  /** Neighbours that are followed from one node; the others are counted. As many as nodes where absent. */
  readonly maxNeighbours?: number | undefined;
};

export type WalkedNode = RowOf<typeof nodesOf> & { readonly depth: number };

export type Walk = {
  readonly nodes: readonly WalkedNode[];
  readonly edges: readonly WalkedEdge[];
  /** Nodes that the walk reached and did not go on from, because of the depth or of a budget. */
  readonly frontier: readonly string[];
  /** All neighbours, counted by kind, of nodes of which the walk follows only some. */
  readonly counts: readonly NeighbourCount[];
  /** What is in doubt about which nodes are one; one may be there several times. */
  readonly doubts: readonly IdentityDoubt[];
  /** Why the result is incomplete; undefined where the walk ended by itself or at the requested depth. */
  readonly truncation: string | undefined;
};

type WalkState = {
  readonly graph: Graph;
  readonly request: WalkRequest & { readonly maxNeighbours: number };
  readonly bounds: StepBounds;
  readonly depths: Map<string, number>;
  readonly edges: Map<string, WalkedEdge>;
  /** Nodes that another one was found to be the same as. */
  readonly joined: Set<string>;
  readonly doubts: IdentityDoubt[];
  /** Nodes of which neighbours are left out, by direction. */
  readonly cut: Readonly<Record<Way, Set<string>>>;
  truncation: string | undefined;
};

/** A walk that can be taken one level at a time. */
export type StartedWalk = { readonly state: WalkState; frontier: readonly string[]; level: number };

/** Walks breadth first, with one query for each level and direction: a query reads only the edges of its nodes. */
export async function walk(graph: Graph, request: WalkRequest): Promise<Walk> {
  const started = startWalk(graph, request);
  while (await isExtended(started)) continue;
  return finish(started);
}

export function startWalk(graph: Graph, request: WalkRequest): StartedWalk {
  const maxNodes = within(request.maxNodes, 1, MAX_NODES);
  const all = [...new Set([request.from, ...(request.alsoFrom ?? [])])];
  const starts = all.slice(0, maxNodes);
  const state: WalkState = {
    graph,
    request: {
      ...request,
      depth: within(request.depth, 0, MAX_DEPTH),
      maxNodes,
      maxNeighbours: within(request.maxNeighbours ?? maxNodes, 1, MAX_NODES),
    },
    bounds: request.direction === 'both' ? noBounds : stepBounds(request.direction),
    depths: new Map(starts.map((node) => [node, 0])),
    edges: new Map(),
    joined: new Set(),
    doubts: [],
    cut: { up: new Set(), down: new Set() },
    truncation: all.length > starts.length ? tooManyNodes(maxNodes) : undefined,
  };
  return { state, frontier: starts, level: 0 };
}

const tooManyNodes = (most: number): string =>
  `there are more than ${most} nodes; reduce the depth, limit the kinds, or start from a nearer node`;

const within = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** Goes on by one level. False where the walk is at its end: by itself, at its depth, or at its budget. */
export async function isExtended(started: StartedWalk): Promise<boolean> {
  const { state, frontier, level } = started;
  if (level >= state.request.depth || frontier.length === 0 || state.truncation !== undefined) return false;
  started.level = level + 1;
  started.frontier = await nextLevel(state, frontier, started.level);
  return true;
}

/** Expands one level. Aliases of a dataset are the same dataset, so they belong to the level itself. */
async function nextLevel(state: WalkState, frontier: readonly string[], level: number): Promise<string[]> {
  const reached = new Set<string>();
  for (let here = frontier; here.length > 0;) {
    const aliases = new Set<string>();
    for (const [way, edge] of await edgesOf(state, here)) {
      const isAlias = edge.kind === 'same_as';
      const next = visit(state, way, edge, isAlias ? level - 1 : level);
      if (next !== undefined) (isAlias ? aliases : reached).add(next);
    }
    here = [...aliases];
  }
  return [...reached];
}

/** Records an edge and returns the node at its far end where the walk goes on from there. */
function visit(state: WalkState, way: Way, edge: WalkedEdge, depth: number): string | undefined {
  const { depths, edges, request, bounds } = state;
  if (!bounds.allows(edge)) return undefined;
  const [near, far] = way === 'down' ? [edge.source, edge.target] : [edge.target, edge.source];
  const isKnown = depths.has(far);
  if (!isKnown && depths.size >= request.maxNodes) {
    state.truncation = tooManyNodes(request.maxNodes);
    state.cut[way].add(near);
    return undefined;
  }
  edges.set(JSON.stringify([edge.source, edge.target, edge.kind, edge.via]), edge);
  const isWider = bounds.follow(edge);
  if (isKnown) return isWider && far !== near && far.startsWith('run:') ? far : undefined;
  depths.set(far, depth);
  return far;
}

async function edgesOf(state: WalkState, here: readonly string[]): Promise<[Way, WalkedEdge][]> {
  const { direction, maxNodes, maxNeighbours } = state.request;
  const ways: readonly Way[] = direction === 'both' ? ['up', 'down'] : [direction];
  const first = EDGES_PER_NODE * maxNodes + 1;
  let found: [Way, WalkedEdge][] = [];
  for (const way of ways) {
    const { edges, cut, isFull } = await edgesAt(state.graph, way, here, { fan: maxNeighbours, first });
    for (const node of cut) state.cut[way].add(node);
    if (cut.length > 0)
      state.truncation ??= `${cut.length === 1 ? `${cut[0]} has` : `${cut.length} nodes, ${cut[0]} among them, have`} more than ${maxNeighbours} neighbours, which are counted and not followed`;
    if (isFull)
      state.truncation = `one level has more than ${first - 1} edges; limit the kinds, or raise the number of nodes`;
    found = found.concat(edges.map((edge) => [way, edge]));
  }
  return found.concat(await joinedWith(state, here));
}

/** Edges to what nodes are the same as. Of several nodes that are one, the first leads to all others. */
async function joinedWith(
  { graph, request: { direction }, joined, doubts }: WalkState,
  here: readonly string[],
): Promise<[Way, WalkedEdge][]> {
  const way = direction === 'up' ? 'up' : 'down';
  const edges: [Way, WalkedEdge][] = [];
  const alone = here.filter((node) => !joined.has(node));
  const found = await identitiesAt(graph, way, alone);
  appendAll(doubts, found.doubts);
  for (const edge of found.edges) {
    const [near, far] = way === 'down' ? [edge.source, edge.target] : [edge.target, edge.source];
    if (joined.has(near)) continue;
    joined.add(far);
    edges.push([way, edge]);
  }
  return edges;
}

async function finish({ state, frontier }: StartedWalk): Promise<Walk> {
  const { graph, depths, edges, cut, doubts, truncation } = state;
  const known = await graph.reader.all(nodesOf, { nodes: [...depths.keys()], as_of: graph.asOf });
  const nodes = known
    .map((node) => ({ ...node, depth: depths.get(node.node) ?? 0 }))
    .toSorted((left, right) => left.depth - right.depth || (left.node < right.node ? -1 : 1));
  const countsOf = (way: Way): Promise<NeighbourCount[]> =>
    countsAt(graph, way, [...cut[way]].slice(0, MAX_COUNTED));
  const counts = [...(await countsOf('up')), ...(await countsOf('down'))];
  return { nodes, edges: [...edges.values()], frontier, counts, doubts, truncation };
}
