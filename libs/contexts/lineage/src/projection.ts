import type { Fact, Projection, Stamp } from '@tributary/contracts';
import type { TableRows } from '@tributary/kernel';
import { factGraph } from './fact-graph.ts';
import { GraphRows } from './graph-rows.ts';
import { eventGraph, eventGraphSteps } from './openlineage/event-graph.ts';
import { openLineageEventOf, openLineageEventSteps } from './openlineage/open-lineage-event.ts';
import { differingEdgeCopies } from './queries.ts';

/**
 * Projects facts of every context into the lineage graph. A `lineage.run.observed` whose event is not valid OpenLineage
 * adds no rows. A materialised view fills `lineage_edge_by_target`.
 */
export const lineageProjection: Projection = {
  context: 'lineage',
  version: 3,
  tables: ['lineage_node', 'lineage_edge_by_source', 'lineage_edge_by_target', 'lineage_claim'],
  rollups: [differingEdgeCopies],
  project(fact: Fact, stamp: Stamp): TableRows {
    const graph = factGraph(fact);
    if (graph) {
      const rows = new GraphRows();
      for (const node of graph.nodes) rows.node(node);
      for (const edge of graph.edges) rows.edge(edge);
      return rows.rows(stamp);
    }
    return fact.type === 'lineage.run.observed' ? observedRows(fact, stamp) : {};
  },
  *projectInParts(fact: Fact, stamp: Stamp): Generator<TableRows> {
    if (fact.type === 'lineage.run.observed') yield* observedParts(fact, stamp);
    else yield this.project(fact, stamp);
  },
};

function observedRows({ id, data }: Fact<'lineage.run.observed'>, stamp: Stamp): TableRows {
  const event = openLineageEventOf(data.event, id);
  if (!event) return {};
  const rows = new GraphRows();
  eventGraph(event, rows);
  return rows.rows(stamp);
}

const NOTHING_YET: TableRows = {};

/** Edges in a part. */
const PART = 2_000;

function* observedParts({ id, data }: Fact<'lineage.run.observed'>, stamp: Stamp): Generator<TableRows> {
  const checked = openLineageEventSteps(data.event, id);
  let step = checked.next();
  for (; step.done !== true; step = checked.next()) yield NOTHING_YET;
  const event = step.value;
  if (!event) return;
  let rows = new GraphRows();
  for (const _ of eventGraphSteps(event, {
    node: (node) => rows.node(node),
    edge: (edge) => rows.edge(edge),
    assertion: (assertion) => rows.assertion(assertion),
  })) {
    if (rows.edges < PART) yield NOTHING_YET;
    else {
      yield rows.rows(stamp);
      rows = new GraphRows();
    }
  }
  yield rows.rows(stamp);
}
