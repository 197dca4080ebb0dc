import { RANK } from '../edge.ts';
import { nodeId } from '../node.ts';
import type { NodeId } from '../node.ts';
import { columnLineage } from './column-lineage.ts';
import { datasetLineage, jobLineage } from './explicit-lineage.ts';
import { itemsOf, membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';
import { datasetId, jobOf } from './open-lineage-event.ts';
import type { Dataset, Job, OpenLineageEvent } from './open-lineage-event.ts';
import type { GraphSink, FacetContext } from './facet-context.ts';

/** Sends the nodes, edges and assertions of one event to the sink, in their order. Ranks are resolved when reading. */
export function eventGraph(event: OpenLineageEvent, sink: GraphSink): void {
  for (const _ of eventGraphSteps(event, sink));
}

/** Like `eventGraph`, and yields after each dataset so that the caller can flush. */
export function* eventGraphSteps(event: OpenLineageEvent, sink: GraphSink): Generator<undefined> {
  const self = event.run?.id ?? event.job?.id ?? event.dataset?.id;
  if (self === undefined) return;
  const context = { sink, via: self, self, moment: event.moment };
  if (event.job) addJob(event.job, event.run, context);
  if (event.run) addParents(event.run, sink);
  for (const input of event.inputs) {
    sink.edge({ source: input.id, target: self, kind: 'reads', via: self, rank: RANK.product });
    addDataset(input, { ...context, via: input.id });
    yield;
  }
  for (const output of event.outputs) {
    sink.edge({ source: self, target: output.id, kind: 'writes', via: self, rank: RANK.product });
    addDataset(output, context);
    yield;
  }
  if (event.dataset) addDataset(event.dataset, context);
}

function addJob(job: Job, run: OpenLineageEvent['run'], context: FacetContext): void {
  const { sink } = context;
  sink.node({ id: job.id, name: job.name });
  if (run) {
    sink.node({ id: run.id, name: job.name });
    sink.edge({ source: job.id, target: run.id, kind: 'executes' });
    jobLineage(run.facets['lineage'], 'run#lineage', context);
  }
  jobLineage(job.facets['lineage'], 'job#lineage', context);
}

function addDataset(dataset: Dataset, context: FacetContext): void {
  const { sink } = context;
  sink.node({ id: dataset.id, name: dataset.name });
  for (const identifier of itemsOf(membersOf(dataset.facets['symlinks'])['identifiers'])) {
    const { namespace, name } = membersOf(identifier);
    const alias = datasetId(textOf(namespace), textOf(name));
    if (alias === dataset.id) continue;
    sink.node({ id: alias, name: textOf(name), reason: 'another name of a dataset' });
    sink.edge({ source: alias, target: dataset.id, kind: 'same_as' });
    sink.edge({ source: dataset.id, target: alias, kind: 'same_as' });
  }
  datasetLineage(dataset.facets['lineage'], dataset.id, context);
  columnLineage(dataset.facets['columnLineage'], dataset.id, context);
}

/** Adds the parent run and the root run of the `parent` facet. */
function addParents(run: NonNullable<OpenLineageEvent['run']>, sink: GraphSink): void {
  const parent = membersOf(run.facets['parent']);
  const parentRun = addAncestor(parent, sink);
  if (parentRun && parentRun !== run.id) sink.edge({ source: parentRun, target: run.id, kind: 'parent' });
  const rootRun = addAncestor(membersOf(parent['root']), sink);
  if (rootRun && rootRun !== run.id && rootRun !== parentRun)
    sink.edge({ source: rootRun, target: run.id, kind: 'root' });
}

function addAncestor({ run, job }: Members, sink: GraphSink): NodeId | undefined {
  const runId = textOf(membersOf(run)['runId']).toLowerCase();
  if (runId === '') return undefined;
  const id = nodeId('run', runId);
  const itsJob = jobOf(job);
  sink.node({ id, name: itsJob.name, reason: 'named as a parent; no event of its own' });
  if (itsJob.name !== '') {
    sink.node({ id: itsJob.id, name: itsJob.name, reason: 'named as a parent; no event of its own' });
    sink.edge({ source: itsJob.id, target: id, kind: 'executes' });
  }
  return id;
}
