import type { LineageAssertion, Edge } from '../edge.ts';
import type { GraphNode, NodeId } from '../node.ts';

/** Where the parts of a graph go as they are found: a large event has a hundred thousand of them. */
export type GraphSink = {
  node(node: GraphNode): void;
  edge(edge: Edge): void;
  assertion(assertion: LineageAssertion): void;
};

/** Whose facet is read, and which emission of it. */
export type FacetContext = {
  readonly sink: GraphSink;
  readonly via: NodeId;
  readonly moment: string;
  /** What an input without a name means: the run where there is one, else the job. */
  readonly self: NodeId;
};
