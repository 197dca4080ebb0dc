/** Kinds of nodes; the kind is the first part of a node's id. */
export const NODE_KINDS = [
  'source',
  'snapshot',
  'shard',
  'slice',
  'step',
  'mixture',
  'experiment',
  'run',
  'checkpoint',
  'score',
  'routing',
  'influence',
  'question',
  'answer',
  'actor',
  'job',
  'dataset',
  'uri',
  'name',
  'unknown',
] as const;

export type NodeKind = (typeof NODE_KINDS)[number];

/** `<kind>:<id>`. For a job or dataset the id is `<namespace>/<name>`, as in OpenLineage's naming specification. */
export type NodeId = `${NodeKind}:${string}`;

export const nodeId = <Kind extends NodeKind>(kind: Kind, id: string): `${Kind}:${string}` => `${kind}:${id}`;

/** The kind of a node by its id; empty where the id has none. */
export const kindOf = (id: string): string => id.slice(0, Math.max(id.indexOf(':'), 0));

/** A node that a fact registers, or a stub that it only refers to. */
export type GraphNode = {
  readonly id: NodeId;
  readonly name: string;
  /** Why the node is a stub; absent where the fact registers it. */
  readonly reason?: string;
};
