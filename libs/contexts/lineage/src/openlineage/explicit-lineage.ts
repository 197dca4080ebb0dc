import { RANK } from '../edge.ts';
import { nodeId } from '../node.ts';
import type { NodeId } from '../node.ts';
import { isMembers, itemsOf, membersOf, textOf, transformationOf } from './members.ts';
import type { Members } from './members.ts';
import { datasetId } from './open-lineage-event.ts';
import type { FacetContext } from './facet-context.ts';

const NAMED_ONLY = 'named by a lineage facet only';

/** Reads the `lineage` facet of a job or run (LineageFacet 1-0-0): its entries name the inputs of datasets and jobs. */
export function jobLineage(facet: unknown, key: string, context: FacetContext): void {
  if (!isMembers(facet)) return;
  const assert = assertionFor(key, context);
  assert('');
  if (facet['_deleted'] === true) return;
  for (const entry of itemsOf(facet['entries'])) {
    const target = nodeOf(membersOf(entry), context);
    assert(target);
    addInputs(membersOf(entry), target, { ...context, facet: key });
  }
}

/** Reads the `lineage` facet of a dataset: its inputs. An empty list asserts that it has no known input. */
export function datasetLineage(facet: unknown, target: NodeId, context: FacetContext): void {
  if (!isMembers(facet)) return;
  const key = `${target}#lineage`;
  const assert = assertionFor(key, context);
  assert(facet['_deleted'] === true ? '' : target);
  if (facet['_deleted'] !== true) addInputs(facet, target, { ...context, facet: key });
}

const assertionFor =
  (facet: string, { sink, via, moment }: FacetContext) =>
  (target: NodeId | ''): void =>
    sink.assertion({ via, facet, moment, rank: RANK.explicit, target });

type FacetInputs = FacetContext & { readonly facet: string };

function addInputs({ inputs, fields }: Members, target: NodeId, facetInputs: FacetInputs): void {
  for (const input of itemsOf(inputs)) addInput(membersOf(input), { target, field: '' }, facetInputs);
  for (const [field, entry] of Object.entries(membersOf(fields)))
    for (const input of itemsOf(membersOf(entry)['inputs']))
      addInput(membersOf(input), { target, field }, facetInputs);
}

function addInput(input: Members, into: { target: NodeId; field: string }, facetInputs: FacetInputs): void {
  const { sink, via, moment, facet } = facetInputs;
  sink.edge({
    source: nodeOf(input, facetInputs),
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

/** The node of an entity. A job without a name is the event's own; a job with a run id is that run. */
function nodeOf(entity: Members, { self, sink }: FacetContext): NodeId {
  const namespace = textOf(entity['namespace']);
  const name = textOf(entity['name']);
  if (entity['type'] !== 'JOB') return addNamedNode(datasetId(namespace, name), name, sink);
  const runId = textOf(entity['runId']).toLowerCase();
  if (runId !== '') return addNamedNode(nodeId('run', runId), name, sink);
  return name === '' && namespace === ''
    ? self
    : addNamedNode(nodeId('job', `${namespace}/${name}`), name, sink);
}

function addNamedNode(id: NodeId, name: string, sink: FacetContext['sink']): NodeId {
  sink.node({ id, name, reason: NAMED_ONLY });
  return id;
}
