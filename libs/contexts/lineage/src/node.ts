/** What a node stands for; the first part of its id. */
export const NODE_KINDS = [
  'snapshot',
  'shard',
  'step',
  'mixture',
  'run',
  'checkpoint',
  'score',
  'job',
  'dataset',
  'uri',
  'name',
  'unknown',
] as const;

export type NodeKind = (typeof NODE_KINDS)[number];

/** `<kind>:<id>`; of a job or dataset the id is `<namespace>/<name>`, the address that OpenLineage's naming gives it. */
export type NodeId = `${NodeKind}:${string}`;

export const nodeId = <Kind extends NodeKind>(kind: Kind, id: string): `${Kind}:${string}` => `${kind}:${id}`;

/** The kind in an id. */
export const kindOf = (id: string): string => id.slice(0, Math.max(id.indexOf(':'), 0));

/** A node that a fact registers, or one that it only refers to: a stub until somebody registers it. */
export type GraphNode = {
  readonly id: NodeId;
  readonly name: string;
  /** Why it is only referred to; absent where the fact registers it. */
  readonly reason?: string;
};
