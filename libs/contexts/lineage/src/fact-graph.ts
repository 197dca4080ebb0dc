import type { Fact } from '@tributary/contracts';
import type { Edge, EdgeKind } from './edge.ts';
import { nodeId } from './node.ts';
import type { GraphNode, NodeId } from './node.ts';

/** The nodes and edges of one fact. */
export type FactGraph = { readonly nodes: readonly GraphNode[]; readonly edges: readonly Edge[] };

/** Nodes and edges of a fact of any context except OpenLineage events; undefined where it has none. */
export function factGraph(fact: Fact): FactGraph | undefined {
  switch (fact.type) {
    case 'corpus.shard.registered':
      return shard(fact.data);
    case 'corpus.snapshot.registered':
      return snapshot(fact.data);
    case 'corpus.members.listed':
      return members(fact.data);
    case 'corpus.step.completed':
      return step(fact.data);
    case 'mixture.plan.decided':
      return mixture(fact.data);
    case 'training.run.started':
      return run(fact.data);
    case 'training.input.declared':
      return input(fact.data);
    case 'training.checkpoint.saved':
      return checkpoint(fact.data);
    case 'evaluation.score.recorded':
      return score(fact.data);
    default:
      return undefined;
  }
}

type DataOf<Type extends Fact['type']> = Fact<Type>['data'];

const shard = ({ shardId }: DataOf<'corpus.shard.registered'>): FactGraph => ({
  nodes: [{ id: nodeId('shard', shardId), name: shardId }],
  edges: [],
});

function snapshot({ snapshotId, name, sources = [] }: DataOf<'corpus.snapshot.registered'>): FactGraph {
  const target = nodeId('snapshot', snapshotId);
  const edges = sources.map(({ kind, ref, multiplicity }): Edge => {
    const source = nodeId(kind, kind === 'unknown' && ref === '' ? snapshotId : ref);
    return { source, target, kind: 'source', multiplicity };
  });
  const stubs = sources.map((source, index) =>
    stub(edges[index]?.source ?? target, source.reason ?? UNREGISTERED[source.kind], source.name),
  );
  return { nodes: [{ id: target, name: name ?? snapshotId }, ...stubs], edges };
}

const UNREGISTERED = {
  snapshot: 'not registered here',
  shard: 'not registered here',
  uri: 'an address that is not registered here',
  name: 'named without an id',
  unknown: 'its source is not recorded',
} as const;

function members({ snapshotId, members: listed }: DataOf<'corpus.members.listed'>): FactGraph {
  const target = nodeId('snapshot', snapshotId);
  const repeats = new Map<string, number>();
  for (const member of listed)
    repeats.set(member.shardId, (repeats.get(member.shardId) ?? 0) + member.repeats);
  const links = [...repeats].map(([shardId, multiplicity]) =>
    link(nodeId('shard', shardId), target, 'member', multiplicity),
  );
  return withLinks(stub(target), links);
}

function step(data: DataOf<'corpus.step.completed'>): FactGraph {
  const id = nodeId('step', `${data.pipelineId}/${data.stepId}`);
  const read = (data.inputs ?? []).map((ref) => link(referencedNode(ref), id, 'consumed'));
  const written = (data.outputs ?? []).map((ref) => link(referencedNode(ref), id, 'produced'));
  return withLinks({ id, name: data.name }, [...read, ...written.map(reversed)]);
}

/** The node that an input or output of a step names: `snapshot:`, `shard:` or `dataset:` and an id, or an address. */
function referencedNode(ref: string): NodeId {
  const [, kind, id = ''] = /^(snapshot|shard|dataset):(.+)$/s.exec(ref) ?? [];
  if (kind === 'snapshot' || kind === 'shard' || kind === 'dataset') return nodeId(kind, id);
  return nodeId('uri', ref);
}

function mixture(data: DataOf<'mixture.plan.decided'>): FactGraph {
  const id = nodeId('mixture', data.mixtureId);
  const { parentMixtureId: parent, snapshotId } = data;
  return withLinks({ id, name: data.name ?? data.mixtureId }, [
    parent === undefined ? undefined : link(nodeId('mixture', parent), id, 'departs_from'),
    snapshotId === undefined ? undefined : link(nodeId('snapshot', snapshotId), id, 'planned_over'),
  ]);
}

function run(data: DataOf<'training.run.started'>): FactGraph {
  const id = nodeId('run', data.runId);
  const { snapshotId, mixtureId, parentCheckpointId, forkedFrom } = data;
  return withLinks({ id, name: data.name ?? data.runId }, [
    snapshotId === undefined ? undefined : link(nodeId('snapshot', snapshotId), id, 'trained_on'),
    mixtureId === undefined ? undefined : link(nodeId('mixture', mixtureId), id, 'followed'),
    parentCheckpointId === undefined
      ? undefined
      : link(nodeId('checkpoint', parentCheckpointId), id, 'initialised_from'),
    forkedFrom === undefined ? undefined : link(nodeId('run', forkedFrom.runId), id, 'forked_from'),
  ]);
}

function input({ runId, snapshotId, name }: DataOf<'training.input.declared'>): FactGraph {
  const id = nodeId('run', runId);
  const source = snapshotId === undefined ? nodeId('name', name) : nodeId('snapshot', snapshotId);
  return withLinks(stub(id), [link(source, id, 'trained_on', 1, name)]);
}

function checkpoint({ runId, checkpointId, parents = [] }: DataOf<'training.checkpoint.saved'>): FactGraph {
  const id = nodeId('checkpoint', checkpointId);
  const merged = parents.map((parent) => link(nodeId('checkpoint', parent), id, 'merged_into'));
  return withLinks({ id, name: checkpointId }, [link(nodeId('run', runId), id, 'saved'), ...merged]);
}

/** All scores of one evaluation are one node. */
function score(data: DataOf<'evaluation.score.recorded'>): FactGraph {
  const { runId, checkpointId, evaluationId, benchmark, metric, step: at } = data;
  const own = [runId, benchmark, metric, ...(at === undefined ? [] : [at])].join('/');
  const id = nodeId('score', evaluationId ?? own);
  return withLinks({ id, name: evaluationId ?? `${benchmark} ${metric}` }, [
    link(nodeId('run', runId), id, 'scored', 1, data.modelRef),
    checkpointId === undefined ? undefined : link(nodeId('checkpoint', checkpointId), id, 'scored'),
  ]);
}

type Link = { readonly node: GraphNode; readonly edge: Edge };

/** An edge from a node that the fact refers to without registering it. */
const link = (
  source: NodeId,
  target: NodeId,
  kind: EdgeKind,
  ...[multiplicity, name]: [number?, string?]
): Link => ({
  node: stub(source, undefined, name),
  edge: { source, target, kind, multiplicity: multiplicity ?? 1 },
});

const reversed = ({ node, edge }: Link): Link => ({
  node,
  edge: { ...edge, source: edge.target, target: edge.source },
});

const stub = (id: NodeId, reason: string = UNREGISTERED.snapshot, name?: string): GraphNode => ({
  id,
  name: name ?? id.slice(id.indexOf(':') + 1),
  reason,
});

const withLinks = (node: GraphNode, links: readonly (Link | undefined)[]): FactGraph => {
  const present = links.flatMap((one) => one ?? []);
  return { nodes: [node, ...present.map((one) => one.node)], edges: present.map((one) => one.edge) };
};
