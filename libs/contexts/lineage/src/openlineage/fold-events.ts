import type { LineageAssertion, Edge } from '../edge.ts';
import { effectiveEdges } from '../precedence.ts';
import { eventGraph } from './event-graph.ts';
import { foldDatasets } from './folded-datasets.ts';
import type { FoldedDataset } from './folded-datasets.ts';
import { FoldedFacets } from './folded-facets.ts';
import { membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';
import type { Dataset, OpenLineageEvent } from './open-lineage-event.ts';
import { runTimes } from './run-times.ts';
import type { RunTimes } from './run-times.ts';

/** The state of one subject, a run or a job or dataset without a run, after all of its events. */
export type FoldedEvents = RunTimes & {
  readonly kind: OpenLineageEvent['kind'];
  readonly runId: string | undefined;
  readonly job: { readonly namespace: string; readonly name: string; readonly facets: Members } | undefined;
  readonly dataset: FoldedDataset | undefined;
  readonly facets: Members;
  readonly parentRunId: string | undefined;
  readonly rootRunId: string | undefined;
  readonly nominalStart: string | undefined;
  readonly nominalEnd: string | undefined;
  /** BATCH, STREAMING or SERVICE. */
  readonly processingType: string | undefined;
  readonly inputCount: number;
  readonly inputs: readonly FoldedDataset[];
  readonly outputCount: number;
  readonly outputs: readonly FoldedDataset[];
  readonly producers: readonly string[];
};

/**
 * Folds the events of one subject. The result does not depend on their order or on repetition. At most `limit` inputs
 * and outputs are listed, by id. Undefined for no events.
 */
export function foldEvents(events: readonly OpenLineageEvent[], limit = Infinity): FoldedEvents | undefined {
  const newest = events.toSorted((left, right) => (left.moment < right.moment ? -1 : 1)).at(-1);
  if (!newest) return undefined;
  const facets = new FoldedFacets();
  const jobFacets = new FoldedFacets();
  for (const event of events) {
    if (event.run) facets.add(event.run.facets, event.moment);
    if (event.job) jobFacets.add(event.job.facets, event.moment);
  }
  const run = facets.current;
  const job = jobFacets.current;
  const inputs = foldDatasets(
    mentionsIn(events, (event) => event.inputs),
    limit,
  );
  const outputs = foldDatasets(
    mentionsIn(events, (event) => event.outputs),
    limit,
  );
  return {
    kind: newest.kind,
    runId: newest.run?.runId,
    job: newest.job ? { namespace: newest.job.namespace, name: newest.job.name, facets: job } : undefined,
    dataset: foldDatasets(mentionsIn(events, ({ dataset }) => (dataset ? [dataset] : []))).listed[0],
    facets: run,
    ...runTimes(events),
    ...ancestry(run),
    processingType: optional(membersOf(job['jobType'])['processingType']),
    inputCount: inputs.count,
    inputs: inputs.listed,
    outputCount: outputs.count,
    outputs: outputs.listed,
    producers: [...new Set(events.map(({ producer }) => producer))].toSorted(),
  };
}

const mentionsIn = (
  events: readonly OpenLineageEvent[],
  datasets: (event: OpenLineageEvent) => Iterable<Dataset>,
) => ({
  *[Symbol.iterator]() {
    for (const event of events)
      for (const dataset of datasets(event)) yield { dataset, moment: event.moment };
  },
});

function ancestry({ parent, nominalTime }: Members) {
  const { run, root } = membersOf(parent);
  const { nominalStartTime, nominalEndTime } = membersOf(nominalTime);
  return {
    parentRunId: optional(membersOf(run)['runId']),
    rootRunId: optional(membersOf(membersOf(root)['run'])['runId']),
    nominalStart: optional(nominalStartTime),
    nominalEnd: optional(nominalEndTime),
  };
}

/** The edges that count over all events of a subject (`effectiveEdges`). */
export function foldEdges(events: readonly OpenLineageEvent[]): Edge[] {
  const edges = new Map<string, Edge>();
  const assertions: LineageAssertion[] = [];
  for (const event of events) {
    eventGraph(event, {
      node: () => undefined,
      edge: (edge) => edges.set(keyOf(edge), edge),
      assertion: (assertion) => assertions.push(assertion),
    });
  }
  const kept = effectiveEdges([...edges.values()], assertions);
  return kept.toSorted((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1));
}

const keyOf = (edge: Edge): string =>
  JSON.stringify([
    edge.source,
    edge.target,
    edge.kind,
    edge.via ?? '',
    edge.facet ?? '',
    edge.moment ?? '',
    edge.sourceField ?? '',
    edge.targetField ?? '',
    edge.transformation ?? '',
  ]);

const optional = (value: unknown): string | undefined => textOf(value) || undefined;
