import { groupBy } from '@tributary/kernel';
import type { LogPosition, RowOf, SqlReader } from '@tributary/kernel';
import { effectiveRows } from './effective-rows.ts';
import type { EdgeRow } from './effective-rows.ts';
import { neighbourCounts } from './queries.ts';
import type { Way } from './queries.ts';
import { readEdges } from './read-edges.ts';

/** What a run consumed of a shard, or of a slice without naming a shard, in the steps that count, or that it read the shard. */
export type Consumption = {
  readonly run: string;
  /** The node of the shard or slice. */
  readonly source: string;
  /** Null where an order says that the run read the shard, which counts no amount. */
  readonly counted: {
    readonly unit: string;
    readonly amount: number;
    /** How it was counted, separated by commas. */
    readonly methods: string;
  } | null;
  /** First and last step that counts. */
  readonly firstStep: number;
  readonly lastStep: number;
};

/** Looks up what counts of the consumption between runs and shards or slices, all of them nodes of the graph. */
export type ConsumptionFinder = (
  runs: readonly string[],
  sources: readonly string[],
) => Promise<readonly Consumption[]>;

/** Two nodes that are one, and why. */
export type Identity = {
  readonly node: string;
  readonly other: string;
  readonly basis: 'digest' | 'declared';
  /** Positions of the facts that say so. */
  readonly evidence: readonly number[];
};

/** What is declared of nodes and does not hold, or could not be followed. */
export type IdentityDoubt = {
  readonly kind: 'contradiction' | 'too_many';
  readonly shards: readonly string[];
  readonly text: string;
  /** Positions of the facts that say so. */
  readonly evidence: readonly number[];
};

export type Identities = {
  readonly identities: readonly Identity[];
  readonly doubts: readonly IdentityDoubt[];
};

/** Looks up what nodes are the same as: each of them with each of the others. Addresses of data have aliases. */
export type IdentityFinder = (nodes: readonly string[]) => Promise<Identities>;

/** Where no node is another one, except where an event says so. */
export const NO_IDENTITIES: Identities = { identities: [], doubts: [] };

/** What a run made on another path through its steps than the one that counts, both of them nodes. */
export type MadeApart = { readonly run: string; readonly node: string };

/** A source that something which a run made apart holds, all of them nodes. */
export type Held = { readonly run: string; readonly source: string; readonly holder: string };

/**
 * What runs made on other paths through their steps than the one that counts: checkpoints of steps that a later attempt
 * supersedes, and forks of runs with several attempts. The steps that count say nothing about what these hold.
 */
export type OtherPaths = {
  readonly madeBy: (runs: readonly string[]) => Promise<readonly MadeApart[]>;
  /** Which of some sources these hold. */
  readonly heldBy: (runs: readonly string[], sources: readonly string[]) => Promise<readonly Held[]>;
};

/** Where edges are read from. */
export type Graph = {
  readonly reader: SqlReader;
  /** Decides which recorded consumption is an edge: which steps count is one definition of the training context. */
  readonly consumption: ConsumptionFinder;
  /** Which nodes are one, besides those of which an event says so: the corpus context has one definition of it. */
  readonly identity: IdentityFinder;
  /** Where given, a walk down reaches what runs made apart by what that holds itself. */
  readonly otherPaths?: OtherPaths;
  /** Kinds of the nodes at the other end; all kinds where empty. */
  readonly kinds: readonly string[];
  readonly asOf: LogPosition;
};

export type WalkedEdge = EdgeRow & {
  /** What was consumed, for an edge from a shard or slice to a run; otherwise empty. */
  readonly consumed: readonly Consumption[];
  /** Why two nodes are one, where the corpus says that they are. */
  readonly joined?: Identity['basis'];
  /** Whether the target was made apart from the steps that count: `OtherPaths`. */
  readonly isApart?: true;
};

/** Edges of nodes. Of nodes in `cut` only the first edges are there; `isFull` where edges of other nodes may be missing. */
export type Neighbours = {
  readonly edges: readonly WalkedEdge[];
  readonly cut: readonly string[];
  readonly isFull: boolean;
};

type Limits = { readonly fan: number; readonly first: number };

/** Edges from a run to what it made. */
const MADE: ReadonlySet<string> = new Set(['saved', 'forked_from']);

const CONSUMED: ReadonlySet<string> = new Set(['consumed', 'may_have_consumed']);

/** Whether an edge says that a run consumed a shard or slice. */
export const isConsumption = ({
  kind,
  target,
}: {
  readonly kind: string;
  readonly target: string;
}): boolean => CONSUMED.has(kind) && target.startsWith('run:');

/** Edges of nodes in one direction, by precedence. Consumption of steps that do not count is no edge. */
export async function edgesAt(
  graph: Graph,
  way: Way,
  nodes: readonly string[],
  { fan, first }: Limits,
): Promise<Neighbours> {
  const { reader, kinds, asOf } = graph;
  const { rows, cut, isFull } = await readEdges(reader, { way, nodes, kinds, fan, first, asOf });
  const edges = await effectiveRows(reader, { rows, way, asOf });
  const own = await counted(graph, edges);
  if (way === 'up' || !graph.otherPaths) return { edges: own, cut, isFull };
  return { edges: await withOtherPaths(graph.otherPaths, edges, own), cut, isFull };
}

/** The edges that count, with those to what runs made apart: from the runs marked, and from what it holds itself. */
async function withOtherPaths(
  { madeBy, heldBy }: OtherPaths,
  rows: readonly EdgeRow[],
  own: readonly WalkedEdge[],
): Promise<WalkedEdge[]> {
  const runs = new Set(own.flatMap(({ source }) => (source.startsWith('run:') ? [source] : [])));
  const made = new Set((await madeBy([...runs])).map(({ run, node }) => JSON.stringify([run, node])));
  const marked = own.map((edge): WalkedEdge => {
    const isApart = MADE.has(edge.kind) && made.has(JSON.stringify([edge.source, edge.target]));
    return isApart ? { ...edge, isApart } : edge;
  });
  const consuming = rows.filter(isConsumption);
  const held = await heldBy(
    [...new Set(consuming.map(({ target }) => target))],
    [...new Set(consuming.map(({ source }) => source))],
  );
  const holders = groupBy(held, ({ source, run }) => JSON.stringify([source, run]));
  const behind = consuming.flatMap((row) =>
    (holders.get(JSON.stringify([row.source, row.target])) ?? []).map(({ holder }): WalkedEdge => ({
      ...row,
      target: holder,
      step: null,
      consumed: [],
      isApart: true,
    })),
  );
  return [...marked, ...behind];
}

async function counted({ consumption }: Graph, rows: readonly EdgeRow[]): Promise<WalkedEdge[]> {
  const consuming = rows.filter(isConsumption);
  const found =
    consuming.length === 0
      ? []
      : await consumption(
          [...new Set(consuming.map(({ target }) => target))],
          [...new Set(consuming.map(({ source }) => source))],
        );
  const byEdge = new Map<string, Consumption[]>();
  for (const one of found) {
    const key = JSON.stringify([one.source, one.run]);
    byEdge.set(key, [...(byEdge.get(key) ?? []), one]);
  }
  return rows.flatMap((row) => {
    if (!isConsumption(row)) return [{ ...row, consumed: [] }];
    const own = byEdge.get(JSON.stringify([row.source, row.target]));
    return own ? [{ ...row, consumed: own }] : [];
  });
}

export type NeighbourCount = RowOf<typeof neighbourCounts.up> & { readonly way: Way };

/** Counts all neighbours of nodes by kind, without listing them. Consumption counts as it is recorded. */
export async function countsAt(
  { reader, kinds, asOf }: Graph,
  way: Way,
  nodes: readonly string[],
): Promise<NeighbourCount[]> {
  if (nodes.length === 0) return [];
  const params = { nodes: [...nodes], kinds: [...kinds], as_of: asOf };
  const rows = await reader.all(neighbourCounts[way], params);
  return rows.map((row) => ({ ...row, way }));
}

/** Edges between nodes and what they are the same as, in the direction of a walk, and what is in doubt about them. */
export async function identitiesAt(
  { identity, kinds }: Graph,
  way: Way,
  nodes: readonly string[],
): Promise<{ readonly edges: WalkedEdge[]; readonly doubts: readonly IdentityDoubt[] }> {
  const shards = nodes.filter((node) => node.startsWith('shard:'));
  if (shards.length === 0 || (kinds.length > 0 && !kinds.includes('shard'))) return { edges: [], doubts: [] };
  const { identities, doubts } = await identity(shards);
  const edges = identities.map(({ node, other, basis, evidence }) => ({
    ...(way === 'down' ? { source: node, target: other } : { source: other, target: node }),
    kind: 'same_as',
    via: '',
    edge_rank: 0,
    times: 1,
    step: null,
    fields: [],
    evidence: [...evidence],
    evidence_total: evidence.length,
    consumed: [],
    joined: basis,
  }));
  return { edges, doubts };
}
