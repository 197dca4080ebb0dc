import type { Claim, Edge } from '../edge.ts';
import { standing } from '../precedence.ts';
import { eventGraph } from './event-graph.ts';
import { FoldedDatasets } from './folded-datasets.ts';
import type { FoldedDataset } from './folded-datasets.ts';
import { FoldedFacets } from './folded-facets.ts';
import { membersOf, textOf } from './members.ts';
import type { Members } from './members.ts';
import type { Observed } from './observed.ts';
import { runTimes } from './run-times.ts';
import type { RunTimes } from './run-times.ts';

/** Everything that the events of one subject (a run, or a job or dataset described without one) say together. */
export type FoldedEvents = RunTimes & {
  readonly kind: Observed['kind'];
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
  readonly inputs: readonly FoldedDataset[];
  readonly outputs: readonly FoldedDataset[];
  /** Those that stand, by precedence. */
  readonly edges: readonly Edge[];
  readonly producers: readonly string[];
};

/**
 * Folds the events of one subject. Any order of them, and any repetition, gives the same. Undefined for no events.
 */
export function foldEvents(events: readonly Observed[]): FoldedEvents | undefined {
  const newest = events.toSorted((left, right) => (left.moment < right.moment ? -1 : 1)).at(-1);
  if (!newest) return undefined;
  const facets = new FoldedFacets();
  const jobFacets = new FoldedFacets();
  const folded = {
    inputs: new FoldedDatasets(),
    outputs: new FoldedDatasets(),
    datasets: new FoldedDatasets(),
  };
  for (const event of events) {
    if (event.run) facets.add(event.run.facets, event.moment);
    if (event.job) jobFacets.add(event.job.facets, event.moment);
    addDatasets(event, folded);
  }
  const run = facets.current;
  const job = jobFacets.current;
  return {
    kind: newest.kind,
    runId: newest.run?.runId,
    job: newest.job ? { namespace: newest.job.namespace, name: newest.job.name, facets: job } : undefined,
    dataset: folded.datasets.current[0],
    facets: run,
    ...runTimes(events),
    ...ancestry(run),
    processingType: optional(membersOf(job['jobType'])['processingType']),
    inputs: folded.inputs.current,
    outputs: folded.outputs.current,
    edges: edgesOf(events),
    producers: [...new Set(events.map(({ producer }) => producer))].toSorted(),
  };
}

type Folding = Record<'inputs' | 'outputs' | 'datasets', FoldedDatasets>;

function addDatasets(event: Observed, { inputs, outputs, datasets }: Folding): void {
  for (const input of event.inputs) inputs.add(input, event.moment);
  for (const output of event.outputs) outputs.add(output, event.moment);
  if (event.dataset) datasets.add(event.dataset, event.moment);
}

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

function edgesOf(events: readonly Observed[]): Edge[] {
  const edges = new Map<string, Edge>();
  const claims: Claim[] = [];
  for (const event of events) {
    eventGraph(event, {
      node: () => undefined,
      edge: (edge) => edges.set(keyOf(edge), edge),
      claim: (claim) => claims.push(claim),
    });
  }
  const kept = standing([...edges.values()], claims);
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
