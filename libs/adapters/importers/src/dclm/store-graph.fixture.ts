import { factsOf } from '../import.fixture.ts';
import type { ImportedEvent } from '../facts/imported-event.ts';

export type StoreGraph = {
  readonly registered: ReadonlySet<string>;
  readonly stubs: ReadonlySet<string>;
  /** Multiplicity by `source -> target`. */
  readonly edges: ReadonlyMap<string, number>;
};

/**
 * Nodes are datasets, models and evaluations; all scores of one evaluation are one node. An edge is a distinct pair of
 * source and target. A stub is an endpoint of an edge that no fact registers.
 */
export function storeGraph(events: readonly ImportedEvent[]): StoreGraph {
  const snapshots = factsOf({ events }, 'corpus.snapshot.registered');
  const runs = factsOf({ events }, 'training.run.started');
  const scores = factsOf({ events }, 'evaluation.score.recorded');
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
