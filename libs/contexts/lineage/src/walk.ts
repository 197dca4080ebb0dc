import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { neighboursDown, neighboursUp, nodes as nodesOf } from './queries.ts';

export const MAX_DEPTH = 10;
export const MAX_NODES = 2_000;

/** Edges that one query for neighbours reads, for each node of the budget. */
const EDGES_PER_NODE = 2;

export type Direction = 'up' | 'down' | 'both';

export type WalkRequest = {
  readonly from: string;
  readonly direction: Direction;
  /** At most MAX_DEPTH hops, and MAX_NODES nodes. */
  readonly depth: number;
  readonly maxNodes: number;
  /** Kinds of nodes that the walk visits; all kinds where empty. */
  readonly kinds: readonly string[];
  readonly asOf: LogPosition;
};

export type WalkedEdge = RowOf<typeof neighboursDown>;

export type WalkedNode = RowOf<typeof nodesOf> & { readonly depth: number };

export type Walk = {
  readonly nodes: readonly WalkedNode[];
  readonly edges: readonly WalkedEdge[];
  /** Why the result is incomplete; undefined where the walk ended by itself or at the requested depth. */
  readonly truncation: string | undefined;
};

type WalkState = {
  readonly reader: SqlReader;
  readonly request: WalkRequest;
  readonly depths: Map<string, number>;
  readonly edges: Map<string, WalkedEdge>;
  truncation: string | undefined;
};

/** Walks breadth first, with one query for each level and direction: a query reads only the edges of its nodes. */
export async function walk(reader: SqlReader, request: WalkRequest): Promise<Walk> {
  const depth = Math.min(Math.max(request.depth, 0), MAX_DEPTH);
  const maxNodes = Math.min(Math.max(request.maxNodes, 1), MAX_NODES);
  const state: WalkState = {
    reader,
    request: { ...request, depth, maxNodes },
    depths: new Map([[request.from, 0]]),
    edges: new Map(),
    truncation: undefined,
  };
  let frontier = [request.from];
  for (let level = 1; level <= depth && frontier.length > 0 && state.truncation === undefined; level += 1)
    frontier = await nextLevel(state, frontier, level);
  return finish(state);
}

/** Expands one level. Aliases of a dataset are the same dataset, so they belong to the level itself. */
async function nextLevel(state: WalkState, frontier: readonly string[], level: number): Promise<string[]> {
  const reached: string[] = [];
  for (let here = frontier; here.length > 0;) {
    const aliases: string[] = [];
    for (const edge of await edgesAt(state, here)) {
      const isAlias = edge.kind === 'same_as';
      const next = visit(state, edge, isAlias ? level - 1 : level);
      if (next !== undefined) (isAlias ? aliases : reached).push(next);
    }
    here = aliases;
  }
  return reached;
}

/** Records an edge and returns the node at its far end where it is new; undefined where it is known or the budget is spent. */
function visit(state: WalkState, edge: WalkedEdge, depth: number): string | undefined {
  const { depths, edges, request } = state;
  const isNear = depths.has(edge.source);
  const far = isNear ? edge.target : edge.source;
  const isKnown = depths.has(far);
  if (!isKnown && depths.size >= request.maxNodes) {
    state.truncation = `there are more than ${request.maxNodes} nodes; reduce the depth, limit the kinds, or start from a nearer node`;
    return undefined;
  }
  edges.set(JSON.stringify([edge.source, edge.target, edge.kind, edge.via]), edge);
  if (isKnown) return undefined;
  depths.set(far, depth);
  return far;
}

async function edgesAt(state: WalkState, here: readonly string[]): Promise<WalkedEdge[]> {
  const { direction } = state.request;
  const ways = direction === 'both' ? [neighboursUp, neighboursDown] : [WAYS[direction]];
  let found: WalkedEdge[] = [];
  const { kinds, asOf, maxNodes } = state.request;
  const first = EDGES_PER_NODE * maxNodes + 1;
  for (const way of ways) {
    const params = { nodes: [...here], kinds: [...kinds], first, as_of: asOf };
    const rows = await state.reader.all(way, params);
    if (rows.some(({ mentions }) => mentions >= first))
      state.truncation = `one level has more than ${first - 1} edges; limit the kinds, or raise the number of nodes`;
    found = found.concat(rows);
  }
  return found;
}

const WAYS = { up: neighboursUp, down: neighboursDown } as const;

async function finish({ reader, request, depths, edges, truncation }: WalkState): Promise<Walk> {
  const known = await reader.all(nodesOf, { nodes: [...depths.keys()], as_of: request.asOf });
  const nodes = known
    .map((node) => ({ ...node, depth: depths.get(node.node) ?? 0 }))
    .toSorted((left, right) => left.depth - right.depth || (left.node < right.node ? -1 : 1));
  return { nodes, edges: [...edges.values()], truncation: truncation };
}
