import type { FactCatalogue } from '@tributary/contracts';
import type { ImportedEvent } from '../imported-event.ts';

export type StoreGraph = {
  readonly registered: ReadonlySet<string>;
  readonly stubs: ReadonlySet<string>;
  /** Multiplicity by `source -> target`. */
  readonly edges: ReadonlyMap<string, number>;
};

/** The payloads of one type, in their order. */
export function factsOf<Type extends keyof FactCatalogue>(
  events: readonly ImportedEvent[],
  type: Type,
): FactCatalogue[Type][] {
  return events.flatMap((event) => (event.type === type ? [event.data as FactCatalogue[Type]] : []));
}

/**
 * Nodes are datasets, models and evaluations; the scores of one evaluation are one node. An edge is a pair (source,
 * target), however often it is listed; a stub is an end of an edge that no fact registers.
 */
export function storeGraph(events: readonly ImportedEvent[]): StoreGraph {
  const snapshots = factsOf(events, 'corpus.snapshot.registered');
  const runs = factsOf(events, 'training.run.started');
  const scores = factsOf(events, 'evaluation.score.recorded');
  const registered = new Set([
    ...snapshots.map(({ snapshotId }) => snapshotId),
    ...runs.map(({ runId }) => runId),
    ...scores.map(({ evaluationId = '' }) => evaluationId),
  ]);
  const listed = snapshots.flatMap(({ snapshotId, sources = [] }) =>
    sources.map(({ ref, multiplicity }) => [ref, snapshotId, multiplicity] as const),
  );
  const trained = runs.map(({ snapshotId = '', runId }) => [snapshotId, runId, 1] as const);
  const scored = scores.map(({ runId, evaluationId = '' }) => [runId, evaluationId, 1] as const);
  const all = [...listed, ...trained, ...scored];
  const ends = all.flatMap(([source, target]) => [source, target]);
  return {
    registered,
    stubs: new Set(ends.filter((end) => !registered.has(end))),
    edges: new Map(all.map(([source, target, multiplicity]) => [`${source} -> ${target}`, multiplicity])),
  };
}
