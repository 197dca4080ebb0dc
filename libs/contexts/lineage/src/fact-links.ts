import type { Fact } from '@tributary/contracts';
import type { Edge, EdgeKind } from './edge.ts';
import { nodeId } from './node.ts';
import type { GraphNode, NodeId } from './node.ts';

/** The nodes and edges of one fact. */
export type FactGraph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] };

export type DataOf<Type extends Fact['type']> = Fact<Type>['data'];

/** Why a node is a stub, by what refers to it. */
export const UNREGISTERED = {
  snapshot: 'not registered here',
  shard: 'not registered here',
  uri: 'an address that is not registered here',
  name: 'named without an id',
  unknown: 'its source is not recorded',
  source: 'a published package',
  alias: 'declared to be the same as another address',
} as const;

/** An edge, and the node that the fact refers to without registering it. */
export type Link = { readonly node: GraphNode; readonly edge: Edge };

type LinkOptions = Pick<Edge, 'multiplicity' | 'step'> & {
  /** Name of the node and why it is a stub; by default its id, and that it is not registered. */
  readonly name?: string;
  readonly reason?: string;
};

/** An edge from a node that the fact refers to without registering it. */
export const link = (source: NodeId, target: NodeId, kind: EdgeKind, options: LinkOptions = {}): Link => ({
  node: stub(source, options.reason, options.name),
  edge: { source, target, kind, multiplicity: options.multiplicity ?? 1, step: options.step },
});

export const reversed = ({ node, edge }: Link): Link => ({
  node,
  edge: { ...edge, source: edge.target, target: edge.source },
});

export const stub = (id: NodeId, reason: string = UNREGISTERED.snapshot, name?: string): GraphNode => ({
  id,
  name: name ?? id.slice(id.indexOf(':') + 1),
  reason,
});

export const withLinks = (node: GraphNode, links: readonly (Link | undefined)[]): FactGraph => {
  const present = links.flatMap((one) => one ?? []);
  return { nodes: [node, ...present.map((one) => one.node)], edges: present.map((one) => one.edge) };
};

/** A person or program that decides. */
export const actor = (name: string): NodeId => nodeId('actor', name);

/** The node that a reference names: `snapshot:`, `shard:` or `dataset:` and an id, or an address. */
export function referencedNode(ref: string): NodeId {
  const [, kind, id = ''] = /^(snapshot|shard|dataset):(.+)$/s.exec(ref) ?? [];
  if (kind === 'snapshot' || kind === 'shard' || kind === 'dataset') return nodeId(kind, id);
  return nodeId('uri', ref);
}
