import type { Fact } from '@tributary/contracts';
import { analysisGraph } from './analysis-graph.ts';
import { decisionGraph } from './decision-graph.ts';
import type { Edge } from './edge.ts';
import { actor, link, referencedNode, reversed, stub, UNREGISTERED, withLinks } from './fact-links.ts';
import type { DataOf, FactGraph } from './fact-links.ts';
import { scoreNode } from './evidence-node.ts';
import { nodeId } from './node.ts';

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
    case 'training.run.planned':
      return plannedRun(fact.data);
    case 'training.exposure.recorded':
      return exposure(fact.data);
    case 'training.input.declared':
      return input(fact.data);
    case 'training.checkpoint.saved':
      return checkpoint(fact.data);
    case 'evaluation.score.recorded':
      return score(fact.data);
    default:
      return otherGraph(fact);
  }
}

const otherGraph = (fact: Fact): FactGraph | undefined =>
  fact.type === 'training.order.recorded' ? order(fact.data) : (decisionGraph(fact) ?? analysisGraph(fact));

/** A shard is in its slice and in every slice around that: a run may record only the slice that it consumed. */
function shard({ shardId, slice, origin }: DataOf<'corpus.shard.registered'>): FactGraph {
  const id = nodeId('shard', shardId);
  const slices = slice
    .split('/')
    .map((_, index, parts) => nodeId('slice', parts.slice(0, index + 1).join('/')));
  const inSlices = [...slices, id].flatMap((inner, index, all) => {
    const outer = index === all.length - 1 ? slices.at(-1) : all[index - 1];
    return outer === undefined ? [] : [reversed(link(outer, inner, 'in_slice'))];
  });
  return withLinks({ id, name: shardId }, [
    ...inSlices,
    origin && link(nodeId('source', packageOf(origin)), id, 'origin', { reason: UNREGISTERED.source }),
  ]);
}

type Origin = NonNullable<DataOf<'corpus.shard.registered'>['origin']>;

/** A published package: its registry, name and version. */
const packageOf = ({ registry, package: name, version }: Origin): string => `${registry}/${name}@${version}`;

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

function members({ snapshotId, members: listed }: DataOf<'corpus.members.listed'>): FactGraph {
  const target = nodeId('snapshot', snapshotId);
  const repeats = new Map<string, number>();
  for (const member of listed)
    repeats.set(member.shardId, (repeats.get(member.shardId) ?? 0) + member.repeats);
  const links = [...repeats].map(([shardId, multiplicity]) =>
    link(nodeId('shard', shardId), target, 'member', { multiplicity }),
  );
  return withLinks(stub(target), links);
}

function step(data: DataOf<'corpus.step.completed'>): FactGraph {
  const id = nodeId('step', `${data.pipelineId}/${data.stepId}`);
  const read = (data.inputs ?? []).map((ref) => link(referencedNode(ref), id, 'consumed'));
  const written = (data.outputs ?? []).map((ref) => link(referencedNode(ref), id, 'produced'));
  return withLinks({ id, name: data.name }, [...read, ...written.map(reversed)]);
}

function mixture(data: DataOf<'mixture.plan.decided'>): FactGraph {
  const id = nodeId('mixture', data.mixtureId);
  const { parentMixtureId: parent, snapshotId } = data;
  return withLinks({ id, name: data.name ?? data.mixtureId }, [
    parent === undefined ? undefined : link(nodeId('mixture', parent), id, 'departs_from'),
    snapshotId === undefined ? undefined : link(nodeId('snapshot', snapshotId), id, 'planned_over'),
    link(actor(data.decidedBy), id, 'decided'),
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
    forkedFrom === undefined
      ? undefined
      : link(nodeId('run', forkedFrom.runId), id, 'forked_from', { step: forkedFrom.step }),
  ]);
}

/** What a run is to be trained on and from: nothing says that it was. */
function plannedRun(data: DataOf<'training.run.planned'>): FactGraph {
  const id = nodeId('run', data.runId);
  const { snapshotId, mixtureId, parentCheckpointId } = data;
  const sources = [
    snapshotId === undefined ? undefined : nodeId('snapshot', snapshotId),
    mixtureId === undefined ? undefined : nodeId('mixture', mixtureId),
    parentCheckpointId === undefined ? undefined : nodeId('checkpoint', parentCheckpointId),
  ];
  const links = sources.map((source) => source && link(source, id, 'planned_for'));
  return withLinks({ id, name: data.name ?? data.runId }, links);
}

/** What a run consumed: shards where the fact names them, otherwise slices, of which it may have consumed any shard. */
function exposure({ runId, firstStep, amounts }: DataOf<'training.exposure.recorded'>): FactGraph {
  const id = nodeId('run', runId);
  const consumed = amounts.map(({ slice, shardId }) =>
    shardId === undefined ? nodeId('slice', slice) : nodeId('shard', shardId),
  );
  const links = [...new Set(consumed)].map((source) =>
    link(source, id, source.startsWith('slice:') ? 'may_have_consumed' : 'consumed', { step: firstStep }),
  );
  return withLinks(stub(id), links);
}

/** What an order says that a run read: the shards that its ranges or its corpora name. */
function order({
  runId,
  firstStep,
  order: { ranges, megatronIndex },
}: DataOf<'training.order.recorded'>): FactGraph {
  const id = nodeId('run', runId);
  const inRanges = (ranges?.steps ?? []).flat().flatMap(({ shardId, count }) => (count > 0 ? [shardId] : []));
  const ofCorpora = (megatronIndex?.corpora ?? []).flatMap(({ shardId }) => shardId ?? []);
  const links = [...new Set([...inRanges, ...ofCorpora])].map((shard) =>
    link(nodeId('shard', shard), id, 'consumed', { step: firstStep }),
  );
  return withLinks(stub(id), links);
}

function input({ runId, snapshotId, name }: DataOf<'training.input.declared'>): FactGraph {
  const id = nodeId('run', runId);
  const source = snapshotId === undefined ? nodeId('name', name) : nodeId('snapshot', snapshotId);
  return withLinks(stub(id), [link(source, id, 'trained_on', { name })]);
}

function checkpoint({
  runId,
  checkpointId,
  step: at,
  parents = [],
}: DataOf<'training.checkpoint.saved'>): FactGraph {
  const id = nodeId('checkpoint', checkpointId);
  const merged = parents.map((parent) => link(nodeId('checkpoint', parent), id, 'merged_into'));
  return withLinks({ id, name: checkpointId }, [
    link(nodeId('run', runId), id, 'saved', { step: at }),
    ...merged,
  ]);
}

/** All scores of one evaluation are one node. */
function score(data: DataOf<'evaluation.score.recorded'>): FactGraph {
  const { runId, checkpointId, evaluationId, benchmark, metric, step: at, modelRef } = data;
  const id = scoreNode(data);
  return withLinks({ id, name: evaluationId ?? `${benchmark} ${metric}` }, [
    link(nodeId('run', runId), id, 'scored', { step: at, ...(modelRef !== undefined && { name: modelRef }) }),
    checkpointId === undefined ? undefined : link(nodeId('checkpoint', checkpointId), id, 'scored'),
  ]);
}
