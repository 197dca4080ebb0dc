import type { LineageAssertion, Edge } from '../edge.ts';
import type { GraphNode, NodeId } from '../node.ts';

/** Receives the parts of a graph one by one: a large event has a hundred thousand of them. */
export type GraphSink = {
  node(node: GraphNode): void;
  edge(edge: Edge): void;
  assertion(assertion: LineageAssertion): void;
};

/** The entity and the emission of the facet that is read. */
export type FacetContext = {
  readonly sink: GraphSink;
  readonly via: NodeId;
  readonly moment: string;
  /** The node of an input without a name: the run where there is one, else the job. */
  readonly self: NodeId;
};
