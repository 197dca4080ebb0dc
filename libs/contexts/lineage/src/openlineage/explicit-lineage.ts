import { RANK } from '../edge.ts';
import { nodeId } from '../node.ts';
import type { NodeId } from '../node.ts';
import { isMembers, itemsOf, membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';
import { datasetId } from './observed.ts';
import type { FacetContext } from './facet-context.ts';
import { transformationOf } from './transformation.ts';

const NAMED_ONLY = 'named by a lineage facet only';

/** The `lineage` facet of a job or run (LineageFacet 1-0-0): entries say what feeds which dataset or job. */
export function jobLineage(facet: unknown, key: string, context: FacetContext): void {
  if (!isMembers(facet)) return;
  const assert = assertionFor(key, context);
  assert('');
  if (facet['_deleted'] === true) return;
  for (const entry of itemsOf(facet['entries'])) {
    const target = entityOf(membersOf(entry), context);
    assert(target);
    feeds(membersOf(entry), target, { ...context, facet: key });
  }
}

/** The `lineage` facet of a dataset: what feeds it. An empty list says that nothing known does. */
export function datasetLineage(facet: unknown, target: NodeId, context: FacetContext): void {
  if (!isMembers(facet)) return;
  const key = `${target}#lineage`;
  const assert = assertionFor(key, context);
  assert(facet['_deleted'] === true ? '' : target);
  if (facet['_deleted'] !== true) feeds(facet, target, { ...context, facet: key });
}

const assertionFor =
  (facet: string, { sink, via, moment }: FacetContext) =>
  (target: NodeId | ''): void =>
    sink.assertion({ via, facet, moment, rank: RANK.explicit, target });

type FacetInputs = FacetContext & { readonly facet: string };

function feeds({ inputs, fields }: Members, target: NodeId, facetInputs: FacetInputs): void {
  for (const input of itemsOf(inputs)) feed(membersOf(input), { target, field: '' }, facetInputs);
  for (const [field, entry] of Object.entries(membersOf(fields)))
    for (const input of itemsOf(membersOf(entry)['inputs']))
      feed(membersOf(input), { target, field }, facetInputs);
}

function feed(input: Members, into: { target: NodeId; field: string }, facetInputs: FacetInputs): void {
  const { sink, via, moment, facet } = facetInputs;
  sink.edge({
    source: entityOf(input, facetInputs),
    target: into.target,
    kind: 'explicit',
    via,
    rank: RANK.explicit,
    facet,
    moment,
    sourceField: textOf(input['field']),
    targetField: into.field,
    transformation: transformationOf(input['transformations']),
  });
}

/** A job without a name is the event's own; one with a run id is that run. */
function entityOf(entity: Members, { self, sink }: FacetContext): NodeId {
  const namespace = textOf(entity['namespace']);
  const name = textOf(entity['name']);
  if (entity['type'] !== 'JOB') return named(datasetId(namespace, name), name, sink);
  const runId = textOf(entity['runId']).toLowerCase();
  if (runId !== '') return named(nodeId('run', runId), name, sink);
  return name === '' && namespace === '' ? self : named(nodeId('job', `${namespace}/${name}`), name, sink);
}

function named(id: NodeId, name: string, sink: FacetContext['sink']): NodeId {
  sink.node({ id, name, reason: NAMED_ONLY });
  return id;
}
